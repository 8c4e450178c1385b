import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { Expiry } from '../connector-accounts/Expiry';
import type { Column } from '../list/column';
import { ListPage } from '../list/ListPage';
import { SCHEME_NAMES, wordFor } from '../sessions/words';
import { NONE } from '../ui/cells';
import { Time } from '../ui/Time';
import { LookUp } from './LookUp';
import type { CallFigures, DirectoryServer } from './types';
import { errorRateOf, latencyOf, sessionsAsked, statePill, versionsOf } from './words';

/** A figure that leads to the sessions that it is of. */
function asked(server: DirectoryServer, last: '1h' | '24h', figureOf: (of: CallFigures) => ReactNode): ReactNode {
  const of = last === '1h' ? server.last_hour : server.last_day;
  const which = figureOf === errorRateOf ? 'unanswered' : 'all';
  const count = which === 'all' ? of.calls : of.failed;
  return count === 0 ? figureOf(of) : <Link to={sessionsAsked(server, last, which)}>{figureOf(of)}</Link>;
}

const COLUMNS: readonly Column<DirectoryServer>[] = [
  {
    name: 'name',
    label: 'Directory server',
    isUsual: true,
    card: 'lead',
    render: (server) => wordFor(SCHEME_NAMES, server.directory_server),
  },
  {
    name: 'state',
    label: 'State',
    isUsual: true,
    card: 'side',
    render: statePill,
  },
  { name: 'environment', label: 'Environment', isUsual: true, card: 'line', render: ({ environment }) => environment },
  { name: 'versions', label: 'Versions', isUsual: true, card: 'line', render: (server) => versionsOf(server) || NONE },
  {
    name: 'ranges',
    label: 'Card ranges',
    isUsual: true,
    isRight: true,
    card: 'labelled',
    render: ({ ranges }) => ranges.toLocaleString('en'),
  },
  {
    name: 'loaded',
    label: 'Ranges from',
    isUsual: true,
    card: 'labelled',
    render: ({ ranges_loaded_at: at }) => (at === null ? NONE : <Time at={at} as="relative" />),
  },
  {
    name: 'latency',
    label: 'p50 / p95, 1 h',
    isUsual: true,
    isRight: true,
    card: 'labelled',
    render: (server) => asked(server, '1h', latencyOf),
  },
  {
    name: 'errors',
    label: 'Errors, 1 h',
    isUsual: true,
    isRight: true,
    card: 'labelled',
    render: (server) => asked(server, '1h', errorRateOf),
  },
  { name: 'latency_day', label: 'p50 / p95, 24 h', isRight: true, render: (server) => asked(server, '24h', latencyOf) },
  { name: 'errors_day', label: 'Errors, 24 h', isRight: true, render: (server) => asked(server, '24h', errorRateOf) },
  {
    name: 'certificate',
    label: 'Certificate ends',
    isUsual: true,
    card: 'labelled',
    render: ({ certificate }) => <Expiry at={certificate?.not_after ?? null} />,
  },
  {
    name: 'next',
    label: 'Next refresh',
    render: ({ next_attempt_at: at }) => (at === null ? 'now' : <Time at={at} as="relative" />),
  },
  {
    name: 'error',
    label: 'Last error',
    maxWidth: 260,
    card: 'line',
    render: ({ last_error: error }) => (error === null ? NONE : <span title={error}>{error}</span>),
  },
  { name: 'url', label: 'Address', maxWidth: 300, render: ({ url }) => url },
];

/** Screen 10: who answers for each scheme, and how old what they published is. */
export function ServerList() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ListPage<DirectoryServer>
        resource="directory-servers"
        title="Directory servers"
        columns={COLUMNS}
        fields={[]}
        usualSort="id"
        pathOf={({ id }) => `/directory-servers/${id}`}
        actions={() => <Button onClick={() => setOpen(true)}>Look up a card</Button>}
        empty={{ title: 'No directory servers', text: 'The 3DS Server has nobody to ask yet.' }}
      />
      {isOpen && <LookUp onClose={() => setOpen(false)} />}
    </>
  );
}
