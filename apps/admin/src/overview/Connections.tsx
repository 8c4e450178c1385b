import { useQuery } from '@tanstack/react-query';
import type { DirectoryServer } from '../directory-servers/types';
import { call } from '../providers/http';
import type { ListPage } from '../providers/list-query';
import { useMe } from '../session/me';
import type { UpstreamToken } from '../tokens/types';
import { Section } from '../ui/Section';
import { rowsOf, Tile, Tiles } from './Tile';

/** The first hundred of a list, where there is such a list for whoever looks. */
function useRows<Row>(resource: string, permission: string): readonly Row[] {
  const me = useMe();
  const { data } = useQuery({
    queryKey: ['overview', resource],
    queryFn: ({ signal }) => call<ListPage<Row>>('GET', resource, { query: { limit: 100 }, signal }),
    enabled: me?.features.includes(resource) === true && me.permissions.includes(permission),
    refetchInterval: 30_000,
  });
  return data?.data ?? [];
}

/** How it stands with what sessions are authenticated by. */
export function Connections() {
  const tokens = useRows<UpstreamToken>('tokens', 'tokens.read');
  const servers = useRows<DirectoryServer>('directory-servers', 'directory_servers.read');
  if (tokens.length + servers.length === 0) return null;
  const environments = (['live', 'test'] as const).filter((one) =>
    servers.some((server) => server.environment === one),
  );
  return (
    <Section title="Connections">
      <Tiles>
        {environments.map((environment) => (
          <ServerTile key={environment} servers={servers.filter((server) => server.environment === environment)} />
        ))}
        {tokens.length > 0 && <TokenTile tokens={tokens} />}
      </Tiles>
    </Section>
  );
}

function ServerTile({ servers }: { readonly servers: readonly DirectoryServer[] }) {
  const calls = servers.reduce((sum, { last_hour: hour }) => sum + hour.calls, 0);
  const failed = servers.reduce((sum, { last_hour: hour }) => sum + hour.failed, 0);
  const answering = servers.filter(({ last_error: error }) => error === null).length;
  const rate = calls === 0 ? null : `${((failed / calls) * 100).toFixed(1)} %`;
  return (
    <Tile
      to="/directory-servers"
      title="Directory servers that gave their card ranges when they were asked last"
      name={`Directory servers, ${servers[0]?.environment ?? ''}`}
      value={`${answering} of ${servers.length}`}
      note={rate === null ? 'no request in the last hour' : `${rate} of ${calls} requests failed in the last hour`}
      line={{
        name: `Latency of each in the last hour (p95): ${servers.map(latencyOf).join(', ')}`,
        values: servers.map(({ last_hour: hour }) => hour.p95_ms ?? 0),
      }}
    />
  );
}

const latencyOf = ({ directory_server: name, last_hour: hour }: DirectoryServer): string =>
  `${name} ${hour.p95_ms === null ? 'none' : `${hour.p95_ms} ms`}`;

const IN_ORDER: ReadonlySet<UpstreamToken['state']> = new Set(['valid', 'none', 'fetching']);

function TokenTile({ tokens }: { readonly tokens: readonly UpstreamToken[] }) {
  const well = tokens.filter(({ state }) => IN_ORDER.has(state)).length;
  const waits = tokens.reduce((sum, token) => sum + token.waits, 0);
  const isWell = well === tokens.length;
  return (
    <Tile
      to={isWell ? '/tokens' : rowsOf('tokens', { is_failing: true })}
      title="Upstream tokens that are valid, or can be had when they are needed"
      name="Upstream tokens"
      value={`${well} of ${tokens.length}`}
      note={waits === 0 ? 'no request waited for one' : `${waits} requests waited for one so far`}
      line={{ name: 'Refreshes of each token', values: tokens.map(({ refreshes }) => refreshes) }}
    />
  );
}
