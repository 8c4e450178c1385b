import Button from '@mui/material/Button';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { Column } from '../list/column';
import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import { perform } from '../providers/acts';
import { useMe } from '../session/me';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { idCell } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { TextInput } from '../ui/TextInput';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';
import type { Merchant } from './types';
import { choicesOf, MERCHANT_STATES } from './words';

const FIELDS: readonly FilterField[] = [
  { kind: 'text', name: 'name', label: 'Name', operator: 'contains', maxLength: 100 },
  { kind: 'words', name: 'status', label: 'Status', choices: choicesOf(MERCHANT_STATES) },
  { kind: 'text', name: 'id', label: 'Merchant id', hint: 'mer_ and 26 letters', maxLength: 30 },
];

const COLUMNS: readonly Column<Merchant>[] = [
  { name: 'name', label: 'Name', isUsual: true, sort: 'name', maxWidth: 340, card: 'lead', render: ({ name }) => name },
  {
    name: 'status',
    label: 'Status',
    isUsual: true,
    card: 'side',
    render: ({ status }) => <Pill tone={MERCHANT_STATES[status].tone}>{MERCHANT_STATES[status].label}</Pill>,
  },
  {
    name: 'created_at',
    label: 'Since',
    isUsual: true,
    sort: 'created_at',
    card: 'labelled',
    render: ({ created_at: at }) => <Time at={at} />,
  },
  { name: 'id', label: 'Id', isUsual: true, card: 'line', render: ({ id }) => idCell(id, 'merchant id') },
];

/** Screen 5: whose authentications these are. */
export function MerchantList() {
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const mayCreate = me?.all_merchants === true && me.permissions.includes('merchants.create');
  return (
    <>
      <ListPage<Merchant>
        resource="merchants"
        title="Merchants"
        columns={COLUMNS}
        fields={FIELDS}
        usualSort="name"
        pathOf={({ id }) => `/merchants/${id}`}
        actions={() =>
          mayCreate && (
            <Button variant="contained" color="primary" onClick={() => setOpen(true)}>
              New merchant
            </Button>
          )
        }
        empty={{ title: 'No merchants', text: 'Sessions belong to merchants: make the first one.' }}
      />
      {isOpen && <NewMerchant onClose={() => setOpen(false)} />}
    </>
  );
}

function NewMerchant({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const done = useDone();
  const navigate = useNavigate();
  const make = async (given: Given): Promise<void> => {
    const { id } = await perform('POST merchants', given, { body: { name: name.trim() } });
    await done('The merchant is there.');
    void navigate(`/merchants/${id}`);
  };
  return (
    <ActDialog
      title="New merchant"
      label="Create"
      explanation={['It starts without channels and keys. What you give it comes next.']}
      onDo={make}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        names={['name']}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
        attributes={{ maxLength: 100 }}
      />
    </ActDialog>
  );
}
