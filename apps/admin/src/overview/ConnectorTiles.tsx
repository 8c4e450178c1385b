import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { Schemas } from '../api/admin-api';
import { request } from '../api/request';
import { CONNECTOR_NAMES } from '../sessions/words';
import { type Of, rowsOf, Tile } from './Tile';

/** How the last hour went with one connector in one environment. */
export type ConnectorHealth = Schemas['ConnectorHealth']['last_hour'][number];

/** Of every connector that was called in the last hour; asked again every half minute. */
export const useConnectorHealth = (of: Of = {}) =>
  useQuery({
    queryKey: ['overview', 'connectors', of],
    queryFn: async ({ signal }) => (await request('GET overview/connectors', { query: of, signal })).last_hour,
    refetchInterval: 30_000,
  });

/** The course of its answers, for a tile. */
export const lineOf = ({ p50_ms_per_minute: medians }: ConnectorHealth) => ({
  name: 'Median time of an answer in each minute',
  values: medians.map((ms) => ms ?? 0),
});

/** The part of the calls that got no answer; which they were is a link away. */
export function Failures({ health, of = {} }: { readonly health: ConnectorHealth | undefined; readonly of?: Of }) {
  if (health === undefined || health.calls === 0) return <>not called in the last hour</>;
  const { calls, connector, failed } = health;
  const share = `${((failed / calls) * 100).toFixed(1)} % of ${calls} calls failed`;
  return failed === 0 ? (
    <>{share}</>
  ) : (
    <Link to={sessionsOf(health, { failed_connector: [connector], ...of })}>{share}</Link>
  );
}

/** The last hour's sessions that figures of a connector's calls are of. */
const sessionsOf = ({ environment }: ConnectorHealth, filter: object): string =>
  rowsOf('sessions', { created_at: { last: '1h' }, environment: [environment], ...filter });

/** One connector. */
export function ConnectorTile({ health, of = {} }: { readonly health: ConnectorHealth; readonly of?: Of }) {
  const { connector, environment, p50_ms: half, p95_ms: most } = health;
  return (
    <Tile
      to={sessionsOf(health, { called_connector: [connector], ...of })}
      title={`Calls of the last hour’s sessions; half were answered in the first time${most === null ? '' : `, 95 % within ${most} ms`}`}
      name={`${CONNECTOR_NAMES[connector] ?? connector}, ${environment}`}
      value={half === null ? '–' : `${half} ms`}
      note={<Failures health={health} of={of} />}
      line={lineOf(health)}
    />
  );
}
