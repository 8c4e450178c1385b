import Button from '@mui/material/Button';
import { useState } from 'react';
import type { Column } from '../list/column';
import { ListPage } from '../list/ListPage';
import { act } from '../providers/acts';
import { useMe } from '../session/me';
import { SCHEME_NAMES, wordFor } from '../sessions/words';
import { NONE } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { because, ReasonedAct } from '../ui/ReasonedAct';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';
import { LookUp } from './LookUp';
import type { DirectoryServer } from './types';

const versions = ({ ds_start_version: from, ds_end_version: to }: DirectoryServer): string =>
  [...new Set([from, to])].filter((one) => one !== null).join(' to ');

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
    render: (server) =>
      server.last_error !== null ? (
        <Pill tone={server.ranges_loaded_at === null ? 'bad' : 'warn'}>Not answering</Pill>
      ) : server.ranges_loaded_at === null ? (
        <Pill tone="neutral">Not asked yet</Pill>
      ) : (
        <Pill tone="good">In order</Pill>
      ),
  },
  { name: 'environment', label: 'Environment', isUsual: true, card: 'line', render: ({ environment }) => environment },
  { name: 'versions', label: 'Versions', isUsual: true, card: 'line', render: (server) => versions(server) || NONE },
  {
    name: 'ranges',
    label: 'Card ranges',
    isUsual: true,
    isRight: true,
    card: 'line',
    render: ({ ranges }) => ranges.toLocaleString('en'),
  },
  {
    name: 'loaded',
    label: 'Ranges from',
    isUsual: true,
    card: 'line',
    render: ({ ranges_loaded_at: at }) => (at === null ? NONE : <Time at={at} as="relative" />),
  },
  {
    name: 'next',
    label: 'Next refresh',
    isUsual: true,
    render: ({ next_attempt_at: at }) => (at === null ? 'now' : <Time at={at} as="relative" />),
  },
  {
    name: 'error',
    label: 'Last error',
    isUsual: true,
    maxWidth: 260,
    card: 'line',
    render: ({ last_error: error }) => (error === null ? NONE : <span title={error}>{error}</span>),
  },
  { name: 'url', label: 'Address', maxWidth: 300, render: ({ url }) => url },
];

const ACTS: Column<DirectoryServer> = {
  name: 'acts',
  label: '',
  isUsual: true,
  isRight: true,
  card: 'line',
  render: (server) => <Refresh server={server} />,
};

/** Screen 10: who answers for each scheme, and how old what they published is. */
export function ServerList() {
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const mayAct = me?.all_merchants === true && me.permissions.includes('directory_servers.act');
  return (
    <>
      <ListPage<DirectoryServer>
        resource="directory-servers"
        title="Directory servers"
        columns={mayAct ? [...COLUMNS, ACTS] : COLUMNS}
        fields={[]}
        usualSort="id"
        pathOf={() => null}
        actions={() => <Button onClick={() => setOpen(true)}>Look up a card</Button>}
        empty={{ title: 'No directory servers', text: 'The 3DS Server has nobody to ask yet.' }}
      />
      {isOpen && <LookUp onClose={() => setOpen(false)} />}
    </>
  );
}

function Refresh({ server }: { readonly server: DirectoryServer }) {
  const done = useDone();
  return (
    <ReasonedAct
      label="Refresh now"
      explanation={[
        'The directory server is asked for its card ranges within five seconds.',
        'The present ones serve until the new ones are stored.',
      ]}
      onDo={async (reason) => {
        await act({ resource: 'directory-servers', id: server.id, act: 'refresh', body: because(reason) });
        await done('The directory server is asked.');
      }}
    />
  );
}
