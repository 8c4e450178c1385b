import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request';
import { CallbackTiles } from '../overview/CallbackTiles';
import { ConnectorTile, useConnectorHealth } from '../overview/ConnectorTiles';
import { SessionTiles } from '../overview/SessionTiles';
import { Tiles } from '../overview/Tile';
import { Section } from '../ui/Section';
import { Failure } from '../ui/states';

/** How the last hour went for one merchant, in each environment that it uses. */
export function Health({ merchantId }: { readonly merchantId: string }) {
  const of = { merchant_id: merchantId };
  const { data, error, refetch } = useQuery({
    queryKey: ['overview', of],
    queryFn: ({ signal }) => request('GET overview', { query: of, signal }),
    refetchInterval: 30_000,
  });
  const { data: connectors = [] } = useConnectorHealth(of);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  const hours = data?.last_hour ?? [];
  const busy = hours.filter(({ sessions, past_deadline: overdue }) => sessions + overdue > 0);
  return (busy.length > 0 ? busy : hours.slice(-1)).map((hour) => (
    <Section key={hour.environment} title={`Health: last hour, ${hour.environment} environment`}>
      <Tiles>
        <SessionTiles hour={hour} of={of} />
        <CallbackTiles environment={hour.environment} of={of} />
        {connectors
          .filter(({ environment }) => environment === hour.environment)
          .map((health) => (
            <ConnectorTile key={health.connector} health={health} of={of} />
          ))}
      </Tiles>
    </Section>
  ));
}
