import { countryWords } from '../format/country';
import { money } from '../format/money';
import type { Column } from '../list/column';
import { idCell, NONE, textCell } from '../ui/cells';
import { CountLink } from '../ui/CountLink';
import { Pill } from '../ui/Pill';
import { Time } from '../ui/Time';
import { Card } from './Card';
import { DemoMark } from './DemoMark';
import { MerchantName } from '../merchants/MerchantName';
import { StatusPill } from './StatusPill';
import type { SessionLine } from './types';
import {
  CARD_TYPE_NAMES,
  CHANNEL_NAMES,
  CONNECTOR_NAMES,
  FLOW_NAMES,
  flowWords,
  LIABILITY_WORDS,
  TRANS_STATUS_REASONS,
  TRANS_STATUSES,
  wordFor,
} from './words';

const coded = (code: string | null, names: Readonly<Record<string, string>>) =>
  code === null ? NONE : <span title={wordFor(names, code)}>{`${code} · ${wordFor(names, code)}`}</span>;

/** All that a line of the list can show. */
export const SESSION_COLUMNS: readonly Column<SessionLine>[] = [
  {
    name: 'created_at',
    label: 'Created',
    isUsual: true,
    sort: 'created_at',
    card: 'line',
    render: ({ created_at }) => <Time at={created_at} />,
  },
  {
    name: 'status',
    label: 'Status',
    isUsual: true,
    card: 'side',
    render: ({ status, is_past_deadline, is_demo }) => (
      <>
        <StatusPill status={status} /> {is_demo && <DemoMark isShort />}{' '}
        {is_past_deadline && <Pill tone="bad">Past deadline</Pill>}
      </>
    ),
  },
  {
    name: 'amount',
    label: 'Amount',
    isUsual: true,
    isRight: true,
    card: 'lead',
    render: ({ amount, currency }) => money({ amountMinor: amount, currency }),
  },
  { name: 'card', label: 'Card', isUsual: true, card: 'line', render: (session) => <Card session={session} /> },
  {
    name: 'issuer',
    label: 'Issuer',
    maxWidth: 200,
    minWidth: 110,
    card: 'line',
    render: ({ issuer }) => (issuer === null ? NONE : <span title={issuer}>{issuer}</span>),
  },
  {
    name: 'issuer_country',
    label: 'Issuer country',
    maxWidth: 170,
    render: ({ issuer_country: code }) =>
      code === null ? NONE : <span title={countryWords(code)}>{countryWords(code)}</span>,
  },
  {
    name: 'card_type',
    label: 'Kind of card',
    render: ({ card_type: type }) => (type === null ? NONE : CARD_TYPE_NAMES[type]),
  },
  {
    name: 'reference',
    label: 'Reference',
    isUsual: true,
    maxWidth: 150,
    card: 'line',
    render: ({ reference }) => (reference === null ? NONE : textCell(reference, 'reference')),
  },
  {
    name: 'merchant',
    label: 'Merchant',
    isUsual: true,
    maxWidth: 170,
    card: 'line',
    render: ({ merchant_id }) => <MerchantName id={merchant_id} />,
  },
  {
    name: 'verdict',
    label: 'Liability',
    isUsual: true,
    render: ({ verdict }) => (verdict ? LIABILITY_WORDS[verdict.liability_shift].short : NONE),
  },
  {
    name: 'trans_status',
    label: 'transStatus',
    maxWidth: 170,
    render: ({ trans_status }) => coded(trans_status, TRANS_STATUSES),
  },
  {
    name: 'trans_status_reason',
    label: 'Reason',
    maxWidth: 220,
    render: ({ trans_status_reason }) => coded(trans_status_reason, TRANS_STATUS_REASONS),
  },
  { name: 'eci', label: 'ECI', render: ({ eci }) => eci ?? NONE },
  { name: 'flow', label: 'Flow', render: ({ flow }) => wordFor(FLOW_NAMES, flow) },
  {
    name: 'device_channel',
    label: 'Device channel',
    render: ({ device_channel }) => (device_channel === null ? NONE : wordFor(CHANNEL_NAMES, device_channel)),
  },
  {
    name: 'challenge',
    label: 'Challenge',
    render: (session) => flowWords(session) ?? NONE,
  },
  { name: 'protocol_version', label: 'EMV 3DS', render: ({ protocol_version }) => protocol_version ?? NONE },
  {
    name: 'connector',
    label: 'Connector',
    render: ({ connector }) => (connector === null ? NONE : wordFor(CONNECTOR_NAMES, connector)),
  },
  {
    name: 'attempts',
    label: 'Attempts',
    isRight: true,
    render: ({ id, attempts }) => <CountLink count={attempts} to={`/sessions/${id}?tab=attempts`} />,
  },
  {
    name: 'acs',
    label: 'ACS',
    maxWidth: 170,
    render: ({ acs }) => (acs?.reference_number ? textCell(acs.reference_number, 'ACS reference number') : NONE),
  },
  { name: 'environment', label: 'Environment', render: ({ environment }) => environment },
  { name: 'final_at', label: 'Final', render: ({ final_at }) => <Time at={final_at} /> },
  {
    name: 'id',
    label: 'Id',
    isUsual: true,
    render: ({ id }) => idCell(id, 'session id'),
  },
];
