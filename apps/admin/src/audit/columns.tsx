import { styled } from '@mui/material/styles';
import type { Column } from '../list/column';
import { Copyable, shortId } from '../ui/Copyable';
import { Time } from '../ui/Time';
import { changeLine, changesIn } from './changes';
import type { AuditEntry } from './types';

const Soft = styled('span')(({ theme }) => ({ color: theme.tokens.soft }));
const NONE = <Soft aria-label="none">–</Soft>;

const id = (text: string, name: string) => (
  <Copyable text={text} name={name}>
    {shortId(text)}
  </Copyable>
);

/** `operator.signed_in` as people say it: Operator signed in. */
const actWords = (act: string): string => act.replaceAll(/[._]/g, ' ').replace(/^./, (first) => first.toUpperCase());

function Changes({ entry }: { readonly entry: AuditEntry }) {
  const changes = changesIn(entry);
  if (changes.length === 0) return NONE;
  const words = changes.map(changeLine).join(' · ');
  return <span title={words}>{words}</span>;
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
    render: ({ actor }) => <span title={actor.id ?? actor.kind}>{actor.name}</span>,
  },
  { name: 'subject', label: 'On what', isUsual: true, card: 'line', render: ({ subject }) => id(subject, 'subject') },
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
    render: ({ reason }) => (reason === null ? NONE : <span title={reason}>{reason}</span>),
  },
  { name: 'address', label: 'From where', isUsual: true, render: ({ address }) => address ?? NONE },
  {
    name: 'merchant',
    label: 'Merchant',
    render: ({ merchant_id: merchant }) => (merchant === null ? NONE : id(merchant, 'merchant id')),
  },
  {
    name: 'request',
    label: 'Request',
    render: ({ request_id: request }) => (request === null ? NONE : <Copyable text={request} name="request id" />),
  },
];
