import Button from '@mui/material/Button';
import { useState } from 'react';
import { BulkActs } from '../jobs/BulkActs';
import { BulkDialog } from '../jobs/BulkDialog';
import type { Column } from '../list/column';
import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import type { View } from '../list/Views';
import { useMerchantField } from '../merchants/use-merchant-field';
import { choicesOf } from '../merchants/words';
import type { ListFilter } from '../providers/list-query';
import { useMe } from '../session/me';
import { ABOUT_SESSIONS, fieldsAboutSessions } from '../sessions/fields';
import { MerchantName } from '../merchants/MerchantName';
import { idCell, NONE } from '../ui/cells';
import { Time } from '../ui/Time';
import { StatePills } from './StatePills';
import { CALLBACK_COUNTS, CALLBACK_STATES, outcomeOf, PROBLEMS, type CallbackLine } from './types';
import { useFigures } from './use-figures';

const viewsOf = ({ failing, dead }: { readonly failing: number; readonly dead: number }): readonly View[] => [
  { name: 'All', filter: {} },
  { name: 'Failing', filter: { is_failing: true }, count: failing },
  { name: 'Given up', filter: { state: ['dead'] }, count: dead },
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
    render: (message) => <StatePills message={message} />,
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

const ENVIRONMENTS = [
  { value: 'test', label: 'Test' },
  { value: 'live', label: 'Live' },
];

/** What of their sessions callbacks are found by: all that a report can be about. */
const OF_SESSION = [...ABOUT_SESSIONS, 'is_last_of_purchase', 'is_demo'];

/** Screen 9: what merchants are owed, and how it is going. */
export function CallbackList() {
  const me = useMe();
  const mayReplay = me?.features.includes('jobs') === true && me.permissions.includes('callbacks.act');
  const [replayed, setReplayed] = useState<ListFilter | null>(null);
  const { data: figures = [] } = useFigures();
  const sum = (name: 'failing' | 'dead'): number => figures.reduce((total, one) => total + one[name], 0);
  const merchant = useMerchantField();
  const fields: readonly FilterField[] = [
    { kind: 'words', name: 'state', label: 'State', choices: choicesOf(CALLBACK_STATES) },
    { kind: 'flag', name: 'is_failing', label: 'Delivery', yes: 'failing', no: 'not failing' },
    { kind: 'flag', name: 'is_due_now', label: 'Next try', yes: 'due now', no: 'not yet' },
    { kind: 'flag', name: 'is_being_sent_again', label: 'Sending again', yes: 'under way', no: 'not under way' },
    { kind: 'time', name: 'created_at', label: 'Owed since' },
    { kind: 'words', name: 'last_problem', label: 'Last answer', choices: PROBLEMS },
    { kind: 'words', name: 'environment', label: 'Environment', choices: ENVIRONMENTS },
    merchant,
    { kind: 'text', name: 'endpoint', label: 'Address', hint: 'without what follows a ?', maxLength: 2000 },
    { kind: 'text', name: 'session_id', label: 'Session id', hint: 'sid_ and 26 letters', maxLength: 30 },
    { kind: 'words', name: 'counts_as', label: 'Counts as', choices: CALLBACK_COUNTS },
    { kind: 'time', name: 'session_created_at', label: 'Session created' },
    ...fieldsAboutSessions(merchant, OF_SESSION),
  ];
  const list = (
    <ListPage<CallbackLine>
      resource="callbacks"
      title="Callbacks"
      columns={COLUMNS}
      fields={fields}
      views={viewsOf({ failing: sum('failing'), dead: sum('dead') })}
      usualSort="-created_at"
      pathOf={({ id }) => `/callbacks/${id}`}
      actions={({ address: { filter } }) =>
        mayReplay && <Button onClick={() => setReplayed(filter)}>Send all of these again</Button>
      }
      bulk={mayReplay ? (props) => <BulkActs {...props} acts={['replay_callback']} /> : null}
      empty={{ title: 'No callbacks', text: 'One is owed when a session with a callback address has ended.' }}
    />
  );
  return (
    <>
      {list}
      {replayed && <BulkDialog act="replay_callback" ids={[]} filter={replayed} onClose={() => setReplayed(null)} />}
    </>
  );
}
