import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { useRefreshing } from '../list/use-refreshing';
import { request } from '../api/request';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Failure, Loading } from '../ui/states';
import { Attention } from './Attention';
import { Sparkline } from './Sparkline';

/** The last hour of one environment, as `GET /admin/api/overview` tells. */
const Tiles = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))',
  gap: 12,
});

const Tile = styled(Link)(({ theme }) => ({
  display: 'grid',
  gap: 2,
  padding: '12px 16px',
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 10,
  background: theme.tokens.surface,
  color: theme.tokens.ink,
  textDecoration: 'none',
  '&:hover': { borderColor: theme.tokens.lineStrong },
  '& span': { fontSize: 12.5, color: theme.tokens.soft },
  '& strong': { fontSize: 24, fontWeight: 620, letterSpacing: '-0.02em', lineHeight: 1.25 },
  '& small': { fontSize: 12, color: theme.tokens.soft },
}));

/** Fewer than these say little. */
const FEW = 30;

const percent = (rate: number | null): string => (rate === null ? '–' : `${(rate * 100).toFixed(1)} %`);

const lastHour = (filter: object): string =>
  `/sessions?filter=${encodeURIComponent(JSON.stringify({ created_at: { last: '1h' }, ...filter }))}`;

const of = (count: number, what: string): string => `of ${count} ${what}${count < FEW ? ': too few to say much' : ''}`;

/** Screen 1: how it goes, and what needs somebody. */
export function Overview() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => request('GET overview', { signal }),
  });
  useRefreshing(refetch);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Loading />;
  const busy = data.last_hour.filter(({ sessions }) => sessions > 0);
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
            <Tile to={lastHour({ environment: [hour.environment] })}>
              <span>Sessions</span>
              <strong>{hour.sessions}</strong>
              <Sparkline values={hour.per_minute} name="Sessions per minute" />
            </Tile>
            <Tile
              to={lastHour({ environment: [hour.environment], status: ['approved', 'attempted'] })}
              title="Approved and attempted, of all for which a request for authentication went out"
            >
              <span>Authentication rate</span>
              <strong>{percent(hour.authentication_rate)}</strong>
              <small>{of(hour.submitted, 'submitted')}</small>
            </Tile>
            <Tile
              to={lastHour({ environment: [hour.environment] })}
              title="A final answer without a challenge, of those and the ones with a challenge"
            >
              <span>Frictionless rate</span>
              <strong>{percent(hour.frictionless_rate)}</strong>
              <small>{of(hour.frictionless + hour.challenge_requested, 'answered')}</small>
            </Tile>
          </Tiles>
        </Section>
      ))}
    </Page>
  );
}
