import type { Column } from '../list/column';
import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import type { View } from '../list/Views';
import { MerchantName } from '../merchants/MerchantName';
import { idCell, NONE } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { Time } from '../ui/Time';
import { TOKEN_STATES, type UpstreamToken } from './types';

const FIELDS: readonly FilterField[] = [
  { kind: 'text', name: 'account_id', label: 'Account id', hint: 'cac_ and 26 letters', maxLength: 30 },
  { kind: 'flag', name: 'is_failing', label: 'Token', yes: 'failing', no: 'not failing' },
];

const VIEWS: readonly View[] = [
  { name: 'All', filter: {} },
  { name: 'Failing', filter: { is_failing: true } },
];

const COLUMNS: readonly Column<UpstreamToken>[] = [
  {
    name: 'account',
    label: 'Account',
    isUsual: true,
    maxWidth: 240,
    card: 'lead',
    render: ({ account_name: name, account_id: id }) => name ?? idCell(id, 'account id'),
  },
  {
    name: 'state',
    label: 'State',
    isUsual: true,
    card: 'side',
    render: ({ state }) => <Pill tone={TOKEN_STATES[state].tone}>{TOKEN_STATES[state].label}</Pill>,
  },
  {
    name: 'merchant',
    label: 'Merchant',
    isUsual: true,
    maxWidth: 200,
    card: 'line',
    render: ({ merchant_id: id }) => (id === null ? NONE : <MerchantName id={id} />),
  },
  {
    name: 'issued_at',
    label: 'Issued',
    isUsual: true,
    card: 'labelled',
    render: ({ issued_at: at }) => (at === null ? NONE : <Time at={at} as="relative" />),
  },
  {
    name: 'expires_at',
    label: 'Expires',
    isUsual: true,
    card: 'labelled',
    render: ({ expires_at: at }) => (at === null ? NONE : <Time at={at} as="relative" />),
  },
  {
    name: 'renew_at',
    label: 'Next refresh',
    isUsual: true,
    render: ({ renew_at: at }) => <Time at={at} as="relative" />,
  },
  { name: 'refreshes', label: 'Refreshes', isRight: true, render: ({ refreshes }) => refreshes },
  {
    name: 'refreshes_per_life',
    label: 'Refreshes per life',
    isUsual: true,
    isRight: true,
    render: ({ refreshes_per_life: ratio }) => ratio?.toFixed(2) ?? NONE,
  },
  { name: 'waits', label: 'Waits', isUsual: true, isRight: true, card: 'labelled', render: ({ waits }) => waits },
  {
    name: 'failed_refreshes',
    label: 'Failures',
    isUsual: true,
    isRight: true,
    render: ({ failed_refreshes: failed }) => failed,
  },
  {
    name: 'failure',
    label: 'Last error',
    isUsual: true,
    maxWidth: 200,
    card: 'line',
    render: ({ failure, last_failure: last }) => (failure ?? last)?.replaceAll('_', ' ') ?? NONE,
  },
  {
    name: 'last_failed_at',
    label: 'Last failed',
    render: ({ last_failed_at: at }) => (at === null ? NONE : <Time at={at} as="relative" />),
  },
  { name: 'fetched_by', label: 'Fetched by', maxWidth: 200, render: ({ fetched_by: name }) => name ?? NONE },
  { name: 'account_id', label: 'Account id', render: ({ account_id: id }) => idCell(id, 'account id') },
  { name: 'scopes', label: 'Scopes', maxWidth: 240, render: ({ scopes }) => scopes.join(', ') },
];

/** Screen 8: access tokens that upstreams issued to us. */
export function TokenList() {
  return (
    <ListPage<UpstreamToken>
      resource="tokens"
      title="Tokens"
      columns={COLUMNS}
      fields={FIELDS}
      views={VIEWS}
      usualSort="-created_at"
      pathOf={({ id }) => `/tokens/${id}`}
      empty={{
        title: 'No tokens',
        text: 'The first session through a connector account has one fetched. From then on it is renewed ahead of its end.',
      }}
    />
  );
}
