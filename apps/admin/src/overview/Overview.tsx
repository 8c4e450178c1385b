import { useQuery } from '@tanstack/react-query';
import { useRefreshing } from '../ui/use-refreshing';
import { request } from '../api/request';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Failure, Loading } from '../ui/states';
import { Attention } from './Attention';
import { CallbackTiles } from './CallbackTiles';
import { Connections } from './Connections';
import { SessionTiles } from './SessionTiles';
import { Tiles } from './Tile';

/** Screen 1: how it goes, and what needs somebody. */
export function Overview() {
  const { data, error, refetch } = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => request('GET overview', { signal }),
  });
  useRefreshing(refetch);
  if (data === undefined) return error ? <Failure error={error} retry={() => void refetch()} /> : <Loading />;
  const busy = data.last_hour.filter(({ sessions, past_deadline: overdue }) => sessions + overdue > 0);
  const shown = busy.length > 0 ? busy : data.last_hour.slice(0, 1);
  return (
    <Page title="Overview">
      <Attention />
      {shown.map((hour) => (
        <Section
          key={hour.environment}
          title={`Last hour, ${hour.environment === 'live' ? 'live' : 'test'} environment`}
        >
          <Tiles>
            <SessionTiles hour={hour} />
            <CallbackTiles environment={hour.environment} />
          </Tiles>
        </Section>
      ))}
      <Connections />
    </Page>
  );
}
