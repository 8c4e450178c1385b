import Button from '@mui/material/Button';
import { useState } from 'react';
import type { Column } from '../list/column';
import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import { choicesOf } from '../merchants/words';
import { ROLES, useMay } from '../session/me';
import { idCell } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { Time } from '../ui/Time';
import { Invite } from './Invite';
import type { Operator } from './types';
import { Merchants, OPERATOR_STATES, ROLE_CHOICES } from './words';

const FIELDS: readonly FilterField[] = [
  { kind: 'text', name: 'email', label: 'E-mail address', operator: 'contains', maxLength: 254 },
  { kind: 'words', name: 'role', label: 'Role', choices: ROLE_CHOICES },
  { kind: 'words', name: 'status', label: 'Status', choices: choicesOf(OPERATOR_STATES) },
];

const COLUMNS: readonly Column<Operator>[] = [
  { name: 'name', label: 'Name', isUsual: true, maxWidth: 220, card: 'lead', render: ({ name }) => name },
  {
    name: 'email',
    label: 'E-mail address',
    isUsual: true,
    sort: 'email',
    maxWidth: 260,
    card: 'line',
    render: ({ email }) => email,
  },
  { name: 'role', label: 'Role', isUsual: true, card: 'line', render: ({ role }) => ROLES[role].name },
  {
    name: 'merchants',
    label: 'Merchants',
    isUsual: true,
    maxWidth: 220,
    card: 'line',
    render: (operator) => <Merchants grant={operator} />,
  },
  {
    name: 'status',
    label: 'Status',
    isUsual: true,
    card: 'side',
    render: ({ status }) => <Pill tone={OPERATOR_STATES[status].tone}>{OPERATOR_STATES[status].label}</Pill>,
  },
  {
    name: 'second_factor',
    label: 'Second factor',
    isUsual: true,
    render: ({ has_second_factor: has }) => (has ? 'Yes' : 'No'),
  },
  {
    name: 'last_signed_in_at',
    label: 'Last signed in',
    isUsual: true,
    render: ({ last_signed_in_at: at }) => (at === null ? 'never' : <Time at={at} as="ago" />),
  },
  {
    name: 'created_at',
    label: 'Since',
    sort: 'created_at',
    render: ({ created_at: at }) => <Time at={at} />,
  },
  { name: 'id', label: 'Id', render: ({ id }) => idCell(id, 'user id') },
];

/** Screen 14: who uses the console. */
export function OperatorList() {
  const mayWrite = useMay('operators.write');
  return (
    <ListPage<Operator>
      resource="operators"
      title="Users"
      columns={COLUMNS}
      fields={FIELDS}
      usualSort="-created_at"
      pathOf={({ id }) => `/operators/${id}`}
      actions={({ reload }) => mayWrite && <Inviting onClosed={reload} />}
      empty={{ title: 'No users', text: 'Invite the first one.' }}
    />
  );
}

function Inviting({ onClosed }: { readonly onClosed: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
    onClosed();
  };
  return (
    <>
      <Button variant="contained" color="primary" onClick={() => setOpen(true)}>
        Invite somebody
      </Button>
      {isOpen && <Invite onClose={close} />}
    </>
  );
}
