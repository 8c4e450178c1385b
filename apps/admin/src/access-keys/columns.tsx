import type { Column } from '../list/column';
import type { AccessKey } from '../merchants/types';
import { KEY_STATES } from '../merchants/words';
import { MerchantName } from '../merchants/MerchantName';
import { idCell, NONE } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { Time } from '../ui/Time';

/** All that a line of the list of access keys can show. */
export const ACCESS_KEY_COLUMNS: readonly Column<AccessKey>[] = [
  { name: 'id', label: 'Client id', isUsual: true, card: 'lead', render: ({ id }) => idCell(id, 'client id') },
  {
    name: 'status',
    label: 'Status',
    isUsual: true,
    card: 'side',
    render: ({ status }) => <Pill tone={KEY_STATES[status].tone}>{KEY_STATES[status].label}</Pill>,
  },
  {
    name: 'merchant',
    label: 'Merchant',
    isUsual: true,
    maxWidth: 220,
    card: 'line',
    render: ({ merchant_id: id }) => <MerchantName id={id} />,
  },
  { name: 'environment', label: 'Environment', isUsual: true, card: 'line', render: ({ environment }) => environment },
  {
    name: 'scopes',
    label: 'Scopes',
    isUsual: true,
    maxWidth: 260,
    render: ({ scopes }) => <span title={scopes.join(', ')}>{scopes.join(', ')}</span>,
  },
  {
    name: 'last_used_at',
    label: 'Last used',
    isUsual: true,
    card: 'labelled',
    render: ({ last_used_at: at }) => (at === null ? 'never' : <Time at={at} as="ago" />),
  },
  {
    name: 'created_at',
    label: 'Issued',
    isUsual: true,
    sort: 'created_at',
    render: ({ created_at: at }) => <Time at={at} />,
  },
  {
    name: 'ends_at',
    label: 'Ends',
    render: ({ ends_at: at }) => (at === null ? NONE : <Time at={at} />),
  },
];
