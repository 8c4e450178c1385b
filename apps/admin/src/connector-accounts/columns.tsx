import type { Column } from '../list/column';
import type { AccountLine } from '../merchants/types';
import { ACCOUNT_STATES } from '../merchants/words';
import { MerchantName } from '../merchants/MerchantName';
import { CONNECTOR_NAMES, wordFor } from '../sessions/words';
import { idCell, NONE, textCell } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { Time } from '../ui/Time';
import { Expiry } from './Expiry';

/** All that a line of the list of connector accounts can show. */
export const ACCOUNT_COLUMNS: readonly Column<AccountLine>[] = [
  { name: 'name', label: 'Name', isUsual: true, sort: 'name', maxWidth: 220, card: 'lead', render: ({ name }) => name },
  {
    name: 'status',
    label: 'Status',
    isUsual: true,
    card: 'side',
    render: ({ status }) => <Pill tone={ACCOUNT_STATES[status].tone}>{ACCOUNT_STATES[status].label}</Pill>,
  },
  {
    name: 'merchant',
    label: 'Merchant',
    isUsual: true,
    maxWidth: 200,
    card: 'line',
    render: ({ merchant_id: id }) => <MerchantName id={id} />,
  },
  {
    name: 'connector',
    label: 'Upstream',
    isUsual: true,
    card: 'line',
    render: ({ connector }) => wordFor(CONNECTOR_NAMES, connector),
  },
  { name: 'environment', label: 'Environment', isUsual: true, render: ({ environment }) => environment },
  {
    name: 'client_id',
    label: 'Client id there',
    isUsual: true,
    maxWidth: 180,
    render: ({ client_id: id }) => (id === null ? NONE : textCell(id, 'client id')),
  },
  {
    name: 'valid_from',
    label: 'Secret since',
    isUsual: true,
    card: 'labelled',
    render: ({ valid_from: at }) => (at === null ? NONE : <Time at={at} as="relative" />),
  },
  {
    name: 'last_used_at',
    label: 'Last used',
    isUsual: true,
    render: ({ last_used_at: at }) => (at === null ? 'never' : <Time at={at} as="ago" />),
  },
  {
    name: 'expires_at',
    label: 'Expires',
    isUsual: true,
    card: 'labelled',
    render: ({ expires_at: at }) => <Expiry at={at} />,
  },
  { name: 'id', label: 'Id', render: ({ id }) => idCell(id, 'account id') },
];
