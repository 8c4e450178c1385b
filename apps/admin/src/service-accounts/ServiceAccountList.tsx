import Button from '@mui/material/Button';
import { useState } from 'react';
import type { Column } from '../list/column';
import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import type { View } from '../list/Views';
import { Merchants, ROLE_CHOICES } from '../operators/words';
import { ROLES, useMay } from '../session/me';
import { idCell } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { Time } from '../ui/Time';
import { NewAccount } from './NewAccount';
import type { ServiceAccount } from './types';

const FIELDS: readonly FilterField[] = [
  { kind: 'text', name: 'name', label: 'Name', operator: 'contains', maxLength: 100 },
  { kind: 'words', name: 'role', label: 'Role', choices: ROLE_CHOICES },
  { kind: 'flag', name: 'is_revoked', label: 'Account', yes: 'revoked', no: 'in use' },
];

const VIEWS: readonly View[] = [
  { name: 'All', filter: {} },
  { name: 'In use', filter: { is_revoked: false } },
  { name: 'Revoked', filter: { is_revoked: true } },
];

const COLUMNS: readonly Column<ServiceAccount>[] = [
  { name: 'name', label: 'Name', isUsual: true, sort: 'name', maxWidth: 240, card: 'lead', render: ({ name }) => name },
  {
    name: 'status',
    label: 'Status',
    isUsual: true,
    card: 'side',
    render: ({ revoked_at: at }) =>
      at === null ? <Pill tone="good">In use</Pill> : <Pill tone="neutral">Revoked</Pill>,
  },
  { name: 'role', label: 'Role', isUsual: true, card: 'line', render: ({ role }) => ROLES[role].name },
  {
    name: 'merchants',
    label: 'Merchants',
    isUsual: true,
    maxWidth: 240,
    card: 'line',
    render: (account) => <Merchants grant={account} />,
  },
  {
    name: 'last_used_at',
    label: 'Last used',
    isUsual: true,
    card: 'labelled',
    render: ({ last_used_at: at }) => (at === null ? 'never' : <Time at={at} as="relative" />),
  },
  {
    name: 'created_at',
    label: 'Since',
    isUsual: true,
    sort: 'created_at',
    render: ({ created_at: at }) => <Time at={at} />,
  },
  { name: 'id', label: 'Client id', isUsual: true, render: ({ id }) => idCell(id, 'client id') },
];

/** Programs that use the admin API. */
export function ServiceAccountList() {
  const mayWrite = useMay('service_accounts.write');
  return (
    <ListPage<ServiceAccount>
      resource="service-accounts"
      title="Service accounts"
      columns={COLUMNS}
      fields={FIELDS}
      views={VIEWS}
      usualSort="-created_at"
      pathOf={({ id }) => `/service-accounts/${id}`}
      actions={({ reload }) => mayWrite && <Making onClosed={reload} />}
      empty={{ title: 'No service accounts', text: 'Programs that do what this console does sign in with one.' }}
    />
  );
}

function Making({ onClosed }: { readonly onClosed: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
    onClosed();
  };
  return (
    <>
      <Button variant="contained" color="primary" onClick={() => setOpen(true)}>
        New service account
      </Button>
      {isOpen && <NewAccount onClose={close} />}
    </>
  );
}
