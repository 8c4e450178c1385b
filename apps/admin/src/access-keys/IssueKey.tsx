import { useState } from 'react';
import { ChannelInput } from '../channels/ChannelInput';
import type { ChannelLine, Environment, IssuedKey } from '../merchants/types';
import type { Rows } from '../merchants/use-of-merchant';
import { ENVIRONMENTS } from '../merchants/words';
import { perform } from '../providers/acts';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { Checks } from '../ui/Checks';
import { SecretDialog } from '../ui/SecretDialog';
import { SelectInput } from '../ui/SelectInput';
import { useDone } from '../ui/use-done';

const SCOPES = [
  { value: 'sessions:app', label: 'sessions:app – sessions in apps' },
  { value: 'sessions:browser', label: 'sessions:browser – sessions in browsers' },
];

interface IssueKeyProps {
  readonly merchantId: string;
  readonly channels: Rows<ChannelLine>;
  readonly onClose: () => void;
}

/** Issues an access key, and tells its secret once. */
export function IssueKey({ merchantId, channels, onClose }: IssueKeyProps) {
  const [environment, setEnvironment] = useState<Environment>('test');
  const [channel, setChannel] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>(SCOPES.map(({ value }) => value));
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const done = useDone();
  const issue = async (given: Given): Promise<void> => {
    const chosen = channel === '' ? {} : { default_channel_id: channel };
    const data = { merchant_id: merchantId, environment, scopes, ...chosen };
    setIssued(await perform('POST access-keys', given, { body: data }));
    await done('The key is issued.');
  };
  if (issued) return <KeyTold issued={issued} onClose={onClose} />;
  const usable = channels.rows?.filter((one) => one.environment === environment);
  return (
    <ActDialog
      title="Issue an access key"
      label="Issue"
      explanation={['The merchant’s backend signs in with it. Its secret is shown once, when it is issued.']}
      onDo={issue}
      onClose={onClose}
    >
      <SelectInput label="Environment" value={environment} choices={ENVIRONMENTS} onChange={setEnvironment} />
      <ChannelInput
        label="Channel of requests that name none"
        value={channel}
        channels={{ ...channels, rows: usable }}
        none={{ value: '', label: 'None: every request names one' }}
        onChange={setChannel}
      />
      <Checks label="Scopes" choices={SCOPES} chosen={scopes} onChange={setScopes} />
    </ActDialog>
  );
}

/** A new key and its secret. */
export function KeyTold({ issued, onClose }: { readonly issued: IssuedKey; readonly onClose: () => void }) {
  return (
    <SecretDialog
      title="The key is issued"
      told={{ 'Client id': issued.client_id, 'Client secret': issued.client_secret }}
      onClose={onClose}
    />
  );
}
