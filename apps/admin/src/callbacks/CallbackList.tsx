import type { Column } from '../list/column';
import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import type { View } from '../list/Views';
import { choicesOf } from '../merchants/words';
import { MerchantName } from '../sessions/MerchantName';
import { useMerchantChoices } from '../sessions/use-merchant-choices';
import { idCell, NONE } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { Time } from '../ui/Time';
import { CALLBACK_STATES, outcomeOf, type CallbackLine } from './types';

const VIEWS: readonly View[] = [
  { name: 'All', filter: {} },
  { name: 'Failing', filter: { is_failing: true } },
  { name: 'Given up', filter: { state: ['dead'] } },
];

const COLUMNS: readonly Column<CallbackLine>[] = [
  {
    name: 'created_at',
    label: 'Owed since',
    isUsual: true,
    sort: 'created_at',
    card: 'line',
    render: ({ created_at: at }) => <Time at={at} />,
  },
  {
    name: 'state',
    label: 'State',
    isUsual: true,
    card: 'side',
    render: ({ state }) => <Pill tone={CALLBACK_STATES[state].tone}>{CALLBACK_STATES[state].label}</Pill>,
  },
  {
    name: 'merchant',
    label: 'Merchant',
    isUsual: true,
    maxWidth: 180,
    card: 'line',
    render: ({ merchant_id: id }) => <MerchantName id={id} />,
  },
  {
    name: 'url',
    label: 'To',
    isUsual: true,
    maxWidth: 280,
    card: 'lead',
    render: ({ url }) => <span title={url}>{url}</span>,
  },
  { name: 'tries', label: 'Tries', isUsual: true, isRight: true, render: ({ tries }) => tries },
  {
    name: 'last',
    label: 'Last answer',
    isUsual: true,
    maxWidth: 180,
    card: 'line',
    render: ({ last_status: status, last_problem: problem }) => outcomeOf({ status, problem }) || NONE,
  },
  {
    name: 'next_try_at',
    label: 'Next try',
    isUsual: true,
    render: ({ next_try_at: at }) => (at === null ? NONE : <Time at={at} as="relative" />),
  },
  { name: 'session', label: 'Session', isUsual: true, render: ({ session_id: id }) => idCell(id, 'session id') },
  { name: 'kind', label: 'Kind', render: ({ kind }) => kind.replaceAll('_', ' ') },
  { name: 'id', label: 'Id', render: ({ id }) => idCell(id, 'message id') },
];

/** Screen 9: what merchants are owed, and how it is going. */
export function CallbackList() {
  const fields: readonly FilterField[] = [
    { kind: 'words', name: 'state', label: 'State', choices: choicesOf(CALLBACK_STATES) },
    { kind: 'flag', name: 'is_failing', label: 'Delivery', yes: 'failing', no: 'not failing' },
    { kind: 'time', name: 'created_at', label: 'Owed since' },
    { kind: 'words', name: 'merchant_id', label: 'Merchant', choices: useMerchantChoices() },
    { kind: 'text', name: 'session_id', label: 'Session id', hint: 'sid_ and 26 letters', maxLength: 30 },
  ];
  return (
    <ListPage<CallbackLine>
      resource="callbacks"
      title="Callbacks"
      columns={COLUMNS}
      fields={fields}
      views={VIEWS}
      usualSort="-created_at"
      pathOf={({ id }) => `/callbacks/${id}`}
      empty={{ title: 'No callbacks', text: 'One is owed when a session with a callback address has ended.' }}
    />
  );
}
