import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import type { AccessKey, IssuedKey } from '../merchants/types';
import { KEY_STATES, OVERLAPS } from '../merchants/words';
import { duration } from '../format/time';
import { perform } from '../providers/acts';
import { useOne } from '../providers/use-one';
import { useMay } from '../session/me';
import { MerchantLink } from '../merchants/MerchantLink';
import { ActButton } from '../ui/ActButton';
import { ActDialog } from '../ui/ActDialog';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import type { Given } from '../ui/given';
import { Found } from '../ui/Found';
import { IdLink } from '../ui/IdLink';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { ReasonedAct } from '../ui/ReasonedAct';
import { Section } from '../ui/Section';
import { SelectInput } from '../ui/SelectInput';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';
import { KeyTold } from './IssueKey';

const BACK = { to: '/access-keys', label: 'Access keys' };

/** An access key: what it may do, whether it is used, and how it is replaced. */
export function AccessKeyShow() {
  const { id = '' } = useParams();
  return (
    <Found query={useOne('access-keys', id)} what="access key" back={BACK}>
      {(key) => (
        <Page
          title={`Access key ${key.id}`}
          heading={
            <>
              Access key <Pill tone={KEY_STATES[key.status].tone}>{KEY_STATES[key.status].label}</Pill>
            </>
          }
          back={BACK}
          actions={<Acts accessKey={key} />}
        >
          <Section title="What it is">
            <Facts
              facts={[
                ['Client id', <Copyable key="id" text={key.id} name="client id" />],
                ['Merchant', <MerchantLink key="merchant" id={key.merchant_id} />],
                ['Environment', key.environment],
                ['Scopes', key.scopes.join(', ')],
                ['Life of its tokens', duration(key.token_ttl_seconds * 1000)],
                [
                  'Channel where none is named',
                  key.default_channel_id === null ? (
                    'None'
                  ) : (
                    <IdLink key="channel" id={key.default_channel_id} name="channel id" />
                  ),
                ],
                ['Issued', <Time key="issued" at={key.created_at} as="full" />],
                ['Last used', key.last_used_at === null ? 'Never' : <Time key="used" at={key.last_used_at} as="ago" />],
                [
                  key.status === 'ending' ? 'Ends' : 'Ended',
                  key.ends_at && <Time key="ends" at={key.ends_at} as="full" />,
                ],
              ]}
            />
          </Section>
        </Page>
      )}
    </Found>
  );
}

/** Why no other key can take the place of one. */
const NOT_ROTATED: Partial<Record<AccessKey['status'], string>> = {
  ending: 'Another key takes its place already',
  ended: 'It has ended already',
};

function Acts({ accessKey }: { readonly accessKey: AccessKey }) {
  const mayWrite = useMay('access_keys.write');
  const done = useDone();
  const [isOpen, setOpen] = useState(false);
  if (!mayWrite) return null;
  const { status } = accessKey;
  return (
    <>
      <ActButton label="Rotate" obstacle={NOT_ROTATED[status] ?? null} onClick={() => setOpen(true)} />
      <ReasonedAct
        label="Revoke"
        explanation={[
          'The key, and every token that it got, stops within five seconds.',
          'Sessions under way go on; the merchant can create no new ones with it.',
          'This is for good.',
        ]}
        isFinal
        obstacle={status === 'ended' ? 'It has ended already' : null}
        onDo={async (given) => {
          await perform('POST access-keys/{id}/revoke', given, { path: { id: accessKey.id } });
          await done('The key is revoked.');
        }}
      />
      {isOpen && <Rotate accessKey={accessKey} onClose={() => setOpen(false)} />}
    </>
  );
}

function Rotate({ accessKey, onClose }: { readonly accessKey: AccessKey; readonly onClose: () => void }) {
  const [overlap, setOverlap] = useState('24');
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const done = useDone();
  const navigate = useNavigate();
  const rotate = async (given: Given): Promise<void> => {
    const body = { overlap_hours: Number(overlap) };
    setIssued(await perform('POST access-keys/{id}/rotate', given, { path: { id: accessKey.id }, body }));
    await done('Another key takes its place.');
  };
  if (issued) return <KeyTold issued={issued} onClose={() => void navigate(`/access-keys/${issued.id}`)} />;
  return (
    <ActDialog
      title="Rotate the key?"
      label="Rotate"
      explanation={[
        'Another key is issued for the same merchant, with the same scopes. It has its own client id and secret.',
        'Both work until the overlap is over; then this one ends, and its tokens with it.',
      ]}
      onDo={rotate}
      onClose={onClose}
    >
      <SelectInput label="Overlap" value={overlap} choices={OVERLAPS} onChange={setOverlap} />
    </ActDialog>
  );
}
