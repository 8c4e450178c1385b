import { useQuery } from '@tanstack/react-query';
import type { DirectoryServer } from '../directory-servers/types';
import { call } from '../providers/http';
import type { ListPage } from '../providers/list-query';
import { useMe } from '../session/me';
import type { UpstreamToken } from '../tokens/types';
import { Section } from '../ui/Section';
import { Failure } from '../ui/states';
import { ConnectorTile, Failures, lineOf, useConnectorHealth, type ConnectorHealth } from './ConnectorTiles';
import { rowsOf, Tile, Tiles } from './Tile';

/** So many of a list are looked at. */
const MOST = 100;

/** The first of a list, where there is such a list for whoever looks. */
function useRows<Row>(resource: string, permission: string) {
  const me = useMe();
  return useQuery({
    queryKey: ['overview', resource],
    queryFn: async ({ signal }) =>
      (await call<ListPage<Row>>('GET', resource, { query: { limit: MOST }, signal })).data,
    enabled: me?.features.includes(resource) === true && me.permissions.includes(permission),
    refetchInterval: 30_000,
  });
}

/** How it stands with what sessions are authenticated by. */
export function Connections() {
  const tokens = useRows<UpstreamToken>('tokens', 'tokens.read');
  const servers = useRows<DirectoryServer>('directory-servers', 'directory_servers.read');
  const connectors = useConnectorHealth();
  const asked = [tokens, servers, connectors];
  const failed = asked.find(({ isError, data }) => isError && data === undefined);
  const retry = (): void => asked.forEach(({ isError, refetch }) => void (isError && refetch()));
  const own = (servers.data ?? []).map(({ environment }) => environment);
  const environments = (['live', 'test'] as const).filter((one) => own.includes(one));
  // Our own 3DS Server's other sides are the directory servers.
  const others = (connectors.data ?? []).filter(
    ({ connector, environment }) => connector !== 'emv3ds' || !own.includes(environment),
  );
  return (
    <Section title="Connections">
      {failed && <Failure error={failed.error} retry={retry} />}
      <Tiles>
        {environments.map((environment) => (
          <ServerTile
            key={environment}
            servers={(servers.data ?? []).filter((server) => server.environment === environment)}
            health={connectors.data?.find((one) => one.connector === 'emv3ds' && one.environment === environment)}
          />
        ))}
        {others.map((health) => (
          <ConnectorTile key={`${health.connector} ${health.environment}`} health={health} />
        ))}
        {tokens.data && <TokenTile tokens={tokens.data} />}
      </Tiles>
    </Section>
  );
}

interface ServerTileProps {
  readonly servers: readonly DirectoryServer[];
  readonly health: ConnectorHealth | undefined;
}

function ServerTile({ servers, health }: ServerTileProps) {
  const answering = servers.filter(({ last_error: error }) => error === null).length;
  return (
    <Tile
      to="/directory-servers"
      title="Directory servers that gave their card ranges when they were asked last"
      name={`Directory servers, ${servers[0]?.environment ?? ''}`}
      value={`${answering} of ${servers.length}`}
      note={<Failures health={health} />}
      {...(health && { line: lineOf(health) })}
    />
  );
}

const IN_ORDER: ReadonlySet<UpstreamToken['state']> = new Set(['valid', 'none', 'fetching']);

function TokenTile({ tokens }: { readonly tokens: readonly UpstreamToken[] }) {
  const well = tokens.filter(({ state }) => IN_ORDER.has(state)).length;
  const waits = tokens.reduce((sum, token) => sum + token.waits, 0);
  const waited =
    waits === 0
      ? 'no request waited for one'
      : `${waits} ${waits === 1 ? 'request' : 'requests'} waited for one so far`;
  return (
    <Tile
      to={well === tokens.length ? '/tokens' : rowsOf('tokens', { is_failing: true })}
      title="Upstream tokens that are valid, or can be had when they are needed"
      name="Upstream tokens"
      value={tokens.length === 0 ? '–' : `${well} of ${tokens.length === MOST ? `the first ${MOST}` : tokens.length}`}
      note={tokens.length === 0 ? 'no account needs one' : waited}
    />
  );
}
