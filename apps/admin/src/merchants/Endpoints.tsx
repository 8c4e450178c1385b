import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { Schemas } from '../api/admin-api';
import { request } from '../api/request';
import { outcomeOf } from '../callbacks/types';
import { duration } from '../format/time';
import type { Column } from '../list/column';
import { rowsOf } from '../overview/Tile';
import { useMay } from '../session/me';
import { NONE } from '../ui/cells';
import { CountLink } from '../ui/CountLink';
import { RowsSection } from '../ui/RowsSection';
import { Time } from '../ui/Time';

type Endpoint = Schemas['CallbackEndpoints']['data'][number] & { readonly id: string };

const rowsAt = (merchantId: string, { url, environment }: Endpoint, more: object = {}): string =>
  rowsOf('callbacks', {
    merchant_id: [merchantId],
    environment: [environment],
    endpoint: url,
    created_at: { last: '24h' },
    ...more,
  });

const columnsOf = (merchantId: string): readonly Column<Endpoint>[] => [
  {
    name: 'url',
    label: 'Address',
    isUsual: true,
    maxWidth: 320,
    card: 'lead',
    render: (row) => <span title={row.url}>{row.url}</span>,
  },
  { name: 'environment', label: 'Environment', isUsual: true, card: 'line', render: ({ environment }) => environment },
  {
    name: 'owed',
    label: 'Owed',
    isUsual: true,
    isRight: true,
    render: (row) => <CountLink count={row.owed} to={rowsAt(merchantId, row)} />,
  },
  {
    name: 'failing',
    label: 'Failing',
    isUsual: true,
    isRight: true,
    render: (row) => <CountLink count={row.failing} to={rowsAt(merchantId, row, { is_failing: true })} />,
  },
  {
    name: 'dead',
    label: 'Given up',
    isUsual: true,
    isRight: true,
    render: (row) => <CountLink count={row.dead} to={rowsAt(merchantId, row, { state: ['dead'] })} />,
  },
  {
    name: 'lag',
    label: 'Half within',
    isUsual: true,
    isRight: true,
    render: (row) =>
      row.lag_p50_seconds === null ? (
        NONE
      ) : (
        <Link to={rowsAt(merchantId, row, { state: ['delivered'] })}>{duration(row.lag_p50_seconds * 1000)}</Link>
      ),
  },
  {
    name: 'last',
    label: 'Last answer',
    isUsual: true,
    card: 'line',
    render: ({ last_status: status, last_problem: problem }) => outcomeOf({ status, problem }) || NONE,
  },
  {
    name: 'delivered_at',
    label: 'Taken last',
    isUsual: true,
    card: 'side',
    render: ({ last_delivered_at: at }) => (at === null ? NONE : <Time at={at} as="ago" />),
  },
];

/** Where a merchant's callbacks went in the last day, and how they were taken there. */
export function Endpoints({ merchantId }: { readonly merchantId: string }) {
  const maySee = useMay('callbacks.read');
  const { data } = useQuery({
    queryKey: ['callbacks', 'endpoints', merchantId],
    queryFn: ({ signal }) => request('GET callbacks/endpoints', { query: { merchant_id: merchantId }, signal }),
    enabled: maySee,
    refetchInterval: 60_000,
  });
  return (
    <RowsSection<Endpoint>
      title="Callback endpoints, last 24 hours"
      rows={data?.data.map((one) => ({ ...one, id: `${one.environment} ${one.url}` }))}
      columns={columnsOf(merchantId)}
      pathOf={(row) => rowsAt(merchantId, row)}
      nothing="No callback was owed. Each session names the address of its own."
    />
  );
}
