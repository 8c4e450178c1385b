import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { duration } from '../format/time';
import type { Column } from '../list/column';
import { rowsOf } from '../overview/Tile';
import { ApiError } from '../providers/api-error';
import { call } from '../providers/http';
import { NONE } from '../ui/cells';
import { CountLink } from '../ui/CountLink';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { RowsSection } from '../ui/RowsSection';
import { Section } from '../ui/Section';
import { Failure, Forbidden, Loading } from '../ui/states';
import { Time } from '../ui/Time';
import { useRefreshing } from '../ui/use-refreshing';
import type { JobRun, Kek, Lease, Partitions, Queue, Replica, System } from './types';
import { dayOf, jobName, migrationName, QUEUE_NAMES, size } from './words';

/** A name of which the end says the most: it is not cut where there is little room. */
const Whole = styled('span')({ whiteSpace: 'normal', overflowWrap: 'anywhere' });

/** Screen 15: who runs, what they do, what waits, and what the database holds. */
export function SystemPage() {
  const { data, error, refetch } = useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => call<System>('GET', 'system', { signal }),
  });
  useRefreshing(refetch);
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  if (data === undefined) return error ? <Failure error={error} retry={() => void refetch()} /> : <Loading />;
  return <Shown system={data} />;
}

const when = (at: string | null) => (at === null ? NONE : <Time at={at} as="relative" />);
/** What has happened. */
const since = (at: string | null) => (at === null ? NONE : <Time at={at} as="ago" />);
const ago = (ms: number | null) => (ms === null ? NONE : ms < 1_000 ? `${ms} ms` : duration(ms));

const column = <Row extends { readonly id: string }>(
  name: string,
  label: string,
  render: Column<Row>['render'],
  more: Partial<Column<Row>> = {},
): Column<Row> => ({ name, label, render, isUsual: true, card: 'labelled', ...more });

type Named<T> = T & { readonly id: string };

function Shown({ system }: { readonly system: System }) {
  const { replicas, database, migrations } = system;
  const hostOf = (id: string): string => {
    const found = replicas.find((replica) => replica.id === id);
    return found ? `${found.host} · ${found.pid}` : 'a process that is gone';
  };
  return (
    <Page title="System">
      {migrations.pending.length > 0 && (
        <Notice kind="warn">
          Not applied to the database yet: {migrations.pending.map(migrationName).join(', ')}. Run{' '}
          <code>cli migrate up</code>.
        </Notice>
      )}
      {system.keks.some((kek) => !kek.is_configured && kek.values > 0) && (
        <Notice kind="bad">Values are sealed under a key that is not configured: they cannot be read.</Notice>
      )}
      <Section title="This installation">
        <Facts
          facts={[
            ['Version', `${system.version}${system.is_demo ? ', demo' : ''}`],
            ['Node', system.node],
            ['Postgres', database.version],
            ['Size of the database', size(database.bytes)],
            ['Latest migration', migrationName(migrations.applied.at(-1) ?? '')],
            ['Migrations applied', <Applied key="applied" names={migrations.applied} />, 'line'],
          ]}
        />
      </Section>
      <RowsSection title="Replicas" rows={replicas} columns={REPLICAS} nothing="No process has told of itself yet." />
      <RowsSection
        title="Queues"
        rows={system.queues.map((queue) => ({ ...queue, id: queue.name }))}
        columns={QUEUES}
        nothing="There are no queues."
      />
      <RowsSection
        title="Jobs"
        rows={system.jobs
          .map((job) => ({ ...job, id: `${job.name} ${job.replica}` }))
          .sort((one, other) => jobName(one.name).localeCompare(jobName(other.name)))}
        columns={jobs(hostOf)}
        nothing="Nothing is scheduled."
      />
      <RowsSection
        title="Leases"
        rows={system.leases.map((lease) => ({ ...lease, id: lease.name }))}
        columns={leases(hostOf)}
        nothing="Nobody has taken one yet."
      />
      <RowsSection
        title="Partitions"
        rows={system.partitions.map((one) => ({ ...one, id: one.table }))}
        columns={PARTITIONS}
        nothing="No table is partitioned."
      />
      <RowsSection title="Key encryption keys" rows={system.keks} columns={KEKS} nothing="There are no keys." />
    </Page>
  );
}

const All = styled('details')(({ theme }) => ({
  '& summary': { width: 'fit-content', minHeight: 24, cursor: 'pointer', fontVariantNumeric: 'tabular-nums' },
  '& ol': { columnWidth: 280, columnGap: 24, margin: '4px 0 0', paddingLeft: 28, color: theme.tokens.soft },
}));

/** How many migrations the database has seen; opened, which, in their order. */
function Applied({ names }: { readonly names: readonly string[] }) {
  return (
    <All>
      <summary>{names.length}</summary>
      <ol>
        {names.map((name) => (
          <li key={name} title={name}>
            {migrationName(name)}
          </li>
        ))}
      </ol>
    </All>
  );
}

const REPLICAS: readonly Column<Replica>[] = [
  column('host', 'Process', ({ host, pid }) => `${host} · ${pid}`, { card: 'lead' }),
  column(
    'state',
    'State',
    ({ is_alive: alive }) => <Pill tone={alive ? 'good' : 'bad'}>{alive ? 'Running' : 'Silent'}</Pill>,
    { card: 'side' },
  ),
  column('role', 'Role', ({ role }) => role),
  column('version', 'Version', ({ version }) => version),
  column('started', 'Started', ({ started_at: at }) => since(at)),
  column('seen', 'Last seen', ({ seen_at: at }) => since(at)),
  column('delay', 'Event loop', ({ event_loop_delay_ms: ms }) => `${ms.toFixed(1)} ms`, { isRight: true }),
  column('memory', 'Memory', ({ memory_bytes: bytes }) => size(bytes), { isRight: true }),
];

/** Those of which there is a list. */
const QUEUE_ROWS: Readonly<Record<string, string>> = {
  callbacks: rowsOf('callbacks', { is_due_now: true }),
  deadlines: rowsOf('sessions', { is_past_deadline: true }),
  inquiries: rowsOf('sessions', { is_inquiry_due: true }),
  notices: rowsOf('sessions', { is_notice_left: true }),
  bulk_jobs: rowsOf('jobs', { state: ['running'] }),
};

const waiting = (name: string, count: number) => {
  const to = QUEUE_ROWS[name];
  return to === undefined ? count.toLocaleString('en') : <CountLink count={count} to={to} />;
};

const QUEUES: readonly Column<Named<Queue>>[] = [
  column('name', 'Queue', ({ name }) => QUEUE_NAMES[name] ?? name, { card: 'lead' }),
  column('count', 'Waiting', ({ name, count }) => waiting(name, count), { isRight: true, card: 'side' }),
  column('oldest', 'The oldest since', ({ oldest_at: at }) => since(at)),
];

const jobs = (hostOf: (id: string) => string): readonly Column<Named<JobRun>>[] => [
  column('name', 'Job', ({ name }) => <Whole title={name}>{jobName(name)}</Whole>, { card: 'lead' }),
  column(
    'outcome',
    'Last time',
    ({ outcome }) =>
      outcome === null ? (
        <Pill tone="neutral">Not yet</Pill>
      ) : (
        <Pill tone={outcome === 'done' ? 'good' : 'bad'}>{outcome === 'done' ? 'Done' : 'Failed'}</Pill>
      ),
    { card: 'side' },
  ),
  column('replica', 'In', ({ replica }) => hostOf(replica)),
  column('every', 'Every', ({ every_ms: every }) => (every === null ? 'once' : ago(every))),
  column('last', 'Last run', ({ last_at: at }) => since(at)),
  column('duration', 'Took', ({ duration_ms: ms }) => ago(ms), { isRight: true }),
  column('next', 'Next', ({ next_at: at }) => when(at)),
  column('failures', 'Failures', ({ failures }) => failures.toLocaleString('en'), { isRight: true }),
];

const leases = (hostOf: (id: string) => string): readonly Column<Named<Lease>>[] => [
  column('name', 'Lease', ({ name }) => <Whole>{name}</Whole>, { card: 'lead' }),
  column(
    'state',
    'State',
    ({ is_held: held }) => <Pill tone={held ? 'info' : 'neutral'}>{held ? 'Held' : 'Free'}</Pill>,
    { card: 'side' },
  ),
  column('holder', 'Last held by', ({ holder }) => hostOf(holder)),
  column('expires', 'Ended or ends', ({ expires_at: at }) => when(at)),
];

const PARTITIONS: readonly Column<Named<Partitions>>[] = [
  column('table', 'Table', ({ table }) => table, { card: 'lead' }),
  column('count', 'Partitions', ({ count }) => count, { isRight: true }),
  column('period', 'One for each', ({ period }) => period),
  column('first', 'From (UTC)', ({ first }) => dayOf(first) ?? NONE),
  column('last', 'To (UTC)', ({ last }) => dayOf(last) ?? NONE),
  column('next', 'The next one (UTC)', ({ next }) => dayOf(next) ?? <Pill tone="bad">Missing</Pill>),
  column('size', 'Size', ({ bytes }) => size(bytes), { isRight: true, card: 'side' }),
];

const KEKS: readonly Column<Kek>[] = [
  column('id', 'Key', ({ id }) => <Copyable text={id} name="key id" />, { card: 'lead' }),
  column(
    'state',
    'State',
    ({ is_current: current, is_configured: configured }) => (
      <Pill tone={configured ? (current ? 'good' : 'neutral') : 'bad'}>
        {configured ? (current ? 'Current' : 'Opens only') : 'Not configured'}
      </Pill>
    ),
    { card: 'side' },
  ),
  column('values', 'Values sealed', ({ values }) => values.toLocaleString('en'), { isRight: true }),
];
