import { styled } from '@mui/material/styles';
import { withTimes } from '../format/time';
import type { Column } from '../list/column';
import { MerchantLink } from '../merchants/MerchantLink';
import { NARROW } from '../theme/theme';
import { NONE } from '../ui/cells';
import { Copyable } from '../ui/Copyable';
import { IdLink } from '../ui/IdLink';
import { Time } from '../ui/Time';
import { useTimeZone } from '../ui/time-zone';
import { changeLine, changesIn } from './changes';
import type { AuditEntry } from './types';
import { actWords } from './words';

/** On a card a long text has two lines; the row opens for the rest. */
const Brief = styled('span')(({ theme }) => ({
  [theme.breakpoints.down(NARROW)]: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
  },
}));

function Changes({ entry }: { readonly entry: AuditEntry }) {
  const [zone] = useTimeZone();
  const changes = changesIn(entry);
  if (changes.length === 0) return NONE;
  const words = changes.map(changeLine).join(' · ');
  return <Brief title={withTimes(words, 'UTC')}>{withTimes(words, zone)}</Brief>;
}

/** All that an entry of the audit log can show. */
export const AUDIT_COLUMNS: readonly Column<AuditEntry>[] = [
  { name: 'seq', label: 'No.', isUsual: true, isRight: true, sort: 'seq', render: ({ seq }) => seq },
  { name: 'at', label: 'When', isUsual: true, card: 'line', render: ({ at }) => <Time at={at} /> },
  {
    name: 'act',
    label: 'Act',
    isUsual: true,
    card: 'lead',
    render: ({ act }) => <span title={act}>{actWords(act)}</span>,
  },
  {
    name: 'actor',
    label: 'Who',
    isUsual: true,
    maxWidth: 220,
    card: 'line',
    render: ({ actor: { id, kind, name } }) =>
      id === null ? (
        <span title={kind}>{name}</span>
      ) : (
        <IdLink id={id} name="id of who did it" isWords isQuiet>
          {name}
        </IdLink>
      ),
  },
  {
    name: 'subject',
    label: 'On what',
    isUsual: true,
    card: 'line',
    render: ({ subject }) => <IdLink id={subject} name="subject" />,
  },
  {
    name: 'changes',
    label: 'Change',
    isUsual: true,
    maxWidth: 240,
    card: 'line',
    render: (entry) => <Changes entry={entry} />,
  },
  {
    name: 'reason',
    label: 'Why',
    isUsual: true,
    maxWidth: 220,
    card: 'line',
    render: ({ reason }) => (reason === null ? NONE : <Brief title={reason}>{reason}</Brief>),
  },
  {
    name: 'address',
    label: 'From where',
    isUsual: true,
    maxWidth: 130,
    render: ({ address }) => (address === null ? NONE : <span title={address}>{address}</span>),
  },
  {
    name: 'merchant',
    label: 'Merchant',
    maxWidth: 180,
    render: ({ merchant_id: merchant }) => (merchant === null ? NONE : <MerchantLink id={merchant} />),
  },
  {
    name: 'request',
    label: 'Request',
    render: ({ request_id: request }) => (request === null ? NONE : <Copyable text={request} name="request id" />),
  },
];
