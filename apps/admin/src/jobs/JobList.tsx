import type { Column } from '../list/column';
import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import type { View } from '../list/Views';
import { choicesOf } from '../merchants/words';
import { idCell, NONE } from '../ui/cells';
import { CountLink } from '../ui/CountLink';
import { Pill } from '../ui/Pill';
import { Time } from '../ui/Time';
import { BULK_ACTS, countOf } from './bulk-acts';
import { itemsOf } from './items-address';
import { Share } from './Share';
import type { JobLine } from './types';
import { JOB_STATES } from './words';

const VIEWS: readonly View[] = [
  { name: 'All', filter: {} },
  { name: 'Mine', filter: { is_mine: true } },
  { name: 'Running', filter: { state: ['running'] } },
];

const countCell = ({ id, counts }: JobLine, state: keyof JobLine['counts']) =>
  counts[state] === 0 ? NONE : <CountLink count={counts[state]} to={itemsOf(id, state)} />;

const COLUMNS: readonly Column<JobLine>[] = [
  {
    name: 'created_at',
    label: 'Begun',
    isUsual: true,
    sort: 'created_at',
    card: 'line',
    render: ({ created_at: at }) => <Time at={at} />,
  },
  {
    name: 'act',
    label: 'What',
    isUsual: true,
    card: 'lead',
    render: ({ act, total }) => `${BULK_ACTS[act].label}: ${countOf(act, total)}`,
  },
  {
    name: 'state',
    label: 'State',
    isUsual: true,
    card: 'side',
    render: ({ state }) => <Pill tone={JOB_STATES[state].tone}>{JOB_STATES[state].label}</Pill>,
  },
  { name: 'progress', label: 'Progress', isUsual: true, card: 'line', render: (job) => <Share job={job} /> },
  {
    name: 'failed',
    label: 'Could not be done',
    isUsual: true,
    isRight: true,
    render: (job) => countCell(job, 'failed'),
  },
  { name: 'done', label: 'Done', isRight: true, render: (job) => countCell(job, 'done') },
  { name: 'skipped', label: 'Not begun', isRight: true, render: (job) => countCell(job, 'skipped') },
  { name: 'by', label: 'By', isUsual: true, maxWidth: 180, card: 'line', render: ({ by }) => by.name },
  {
    name: 'reason',
    label: 'Why',
    isUsual: true,
    maxWidth: 260,
    render: ({ reason }) => (reason === null ? NONE : <span title={reason}>{reason}</span>),
  },
  { name: 'ended_at', label: 'Ended', render: ({ ended_at: at }) => (at === null ? NONE : <Time at={at} />) },
  { name: 'id', label: 'Id', render: ({ id }) => idCell(id, 'job id') },
];

const ACTS = Object.entries(BULK_ACTS).map(([value, { label }]) => ({ value, label }));

const FIELDS: readonly FilterField[] = [
  { kind: 'words', name: 'state', label: 'State', choices: choicesOf(JOB_STATES) },
  { kind: 'words', name: 'act', label: 'What', choices: ACTS },
  { kind: 'flag', name: 'is_mine', label: 'Begun by', yes: 'me', no: 'others' },
  { kind: 'time', name: 'created_at', label: 'Begun' },
];

/** What was done to many at once, by whom, and what came of it. */
export function JobList() {
  return (
    <ListPage<JobLine>
      resource="jobs"
      title="Jobs"
      columns={COLUMNS}
      fields={FIELDS}
      views={VIEWS}
      usualSort="-created_at"
      pathOf={({ id }) => `/jobs/${id}`}
      empty={{
        title: 'No jobs',
        text: 'Whatever is done to many sessions or callbacks at once is a job, kept for 30 days.',
      }}
    />
  );
}
