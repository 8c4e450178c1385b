import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState } from 'react';
import { useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Body } from '../api/routes';
import type { Choice } from '../list/filter-field';
import { ChannelInput } from '../channels/ChannelInput';
import { MerchantInput } from '../merchants/MerchantInput';
import type { ChannelLine } from '../merchants/types';
import { useOfMerchant } from '../merchants/use-of-merchant';
import { perform } from '../providers/acts';
import { SCHEME_NAMES, STATUS_WORDS, wordFor } from '../sessions/words';
import type { SessionStatus } from '../sessions/types';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { Copyable } from '../ui/Copyable';
import { Notice } from '../ui/Notice';
import { SelectInput } from '../ui/SelectInput';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';
import { browserFacts } from './browser-facts';
import type { MadeSession, TestCard } from './types';
import { FLOW_WORDS, grouped, outcomeOf } from './words';

type Flow = Body<'POST simulator/test-sessions'>['flow'];

const FLOWS: readonly Choice<Flow>[] = [
  { value: 'hosted', label: 'Hosted: a link to our page' },
  { value: 'non_hosted', label: 'Non-hosted: this browser’s data, at once' },
];

/** The first channel in which anything can be tried: its merchant is the one to begin with. */
const FIRST = {
  pagination: { page: 1, perPage: 1 },
  sort: { field: 'created_at', order: 'ASC' },
  filter: { environment: 'test' },
} as const;

interface NewTestSessionProps {
  readonly cards: readonly TestCard[];
  readonly card: TestCard;
  readonly onClose: () => void;
}

/** Makes a session with a test card, as a merchant would. */
export function NewTestSession({ cards, card, onClose }: NewTestSessionProps) {
  const first = useGetList<ChannelLine>('channels', FIRST);
  const [chosen, setChosen] = useState<string | null>(null);
  const merchant = chosen ?? first.data?.[0]?.merchant_id ?? '';
  const channels = useOfMerchant<ChannelLine>(
    'channels',
    { merchant_id: merchant, environment: 'test' },
    merchant !== '',
  );
  const [wanted, setChannel] = useState('');
  const channel = channels.rows?.some(({ id }) => id === wanted) ? wanted : (channels.rows?.[0]?.id ?? '');
  const isLooking = merchant === '' ? first.isPending : channels.rows === undefined;
  const [number, setNumber] = useState(card.number);
  const [amount, setAmount] = useState('6540');
  const [currency, setCurrency] = useState('EUR');
  const [flow, setFlow] = useState<Flow>('hosted');
  const [made, setMade] = useState<MadeSession | null>(null);
  const done = useDone();
  const make = async (given: Given): Promise<void> => {
    const body = {
      channel_id: channel,
      card: number,
      amount: Number(amount),
      currency,
      flow,
      reference: 'TEST-SESSION',
      ...(flow === 'hosted' ? {} : { browser: browserFacts() }),
    };
    setMade(await perform('POST simulator/test-sessions', given, { body }));
    await done('The session is there.');
  };
  if (made) return <Made made={made} onClose={onClose} />;
  return (
    <ActDialog
      title="Make a test session"
      label="Make it"
      explanation={[
        'It goes the way of a merchant’s own request, with nobody called back.',
        flow === 'hosted'
          ? 'You get the link of its page, to go through as a cardholder does.'
          : 'The issuer is asked at once. A challenge waits for a page that shows it, and ends as abandoned.',
      ]}
      obstacle={channel === '' ? obstacleOf(merchant, isLooking) : null}
      onDo={make}
      onClose={onClose}
    >
      <MerchantInput label="Merchant" value={merchant} onChange={setChosen} />
      <ChannelInput label="Channel" value={channel} channels={channels} onChange={setChannel} />
      <SelectInput
        label="Card"
        value={number}
        choices={cards.map((one) => ({ value: one.number, label: labelOf(one) }))}
        onChange={setNumber}
      />
      <TextInput
        label="Amount, in the currency’s smallest unit"
        names={['amount']}
        value={amount}
        onChange={setAmount}
        isRequired
        attributes={{ inputMode: 'numeric', pattern: '[0-9]{1,12}' }}
      />
      <TextInput
        label="Currency"
        names={['currency']}
        value={currency}
        onChange={(text) => setCurrency(text.toUpperCase())}
        isRequired
        attributes={{ pattern: '[A-Z]{3}', maxLength: 3 }}
      />
      <SelectInput label="Flow" value={flow} choices={FLOWS} onChange={setFlow} />
    </ActDialog>
  );
}

/** Why no session can be made: there is no channel that it could come through. */
function obstacleOf(merchant: string, isLooking: boolean): string {
  if (isLooking) return 'Looking for a channel …';
  return merchant === ''
    ? 'A merchant with a channel of the test environment is needed.'
    : 'This merchant has no channel of the test environment.';
}

const labelOf = (card: TestCard): string =>
  `${wordFor(SCHEME_NAMES, card.scheme)} ${grouped(card.number)} – ${FLOW_WORDS[card.flow].toLowerCase()}, ${outcomeOf(card).label.toLowerCase()}`;

function Made({ made, onClose }: { readonly made: MadeSession; readonly onClose: () => void }) {
  const id = useId();
  const { label } = STATUS_WORDS[made.status as SessionStatus];
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={id}>
      <DialogTitle id={id}>The session is there</DialogTitle>
      <DialogContent>
        <Notice kind="good">It is {label.toLowerCase()}. Its screen tells how it goes.</Notice>
        <Copyable text={made.session_id} name="session id" />
        {made.hosted_url !== null && <Copyable text={made.hosted_url} name="link" />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
        <Button
          component={Link}
          to={`/sessions/${made.session_id}`}
          {...(made.hosted_url === null ? { variant: 'contained', color: 'primary' } : {})}
        >
          Show it
        </Button>
        {made.hosted_url !== null && (
          <Button variant="contained" color="primary" href={made.hosted_url} target="_blank" rel="noreferrer">
            Open its page
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
