import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { request } from '../api/request';
import { call } from '../providers/http';
import { listQuery, type ListFilter, type ListPage } from '../providers/list-query';
import { useMe } from '../session/me';
import { Pill } from '../ui/Pill';
import { Section } from '../ui/Section';
import type { Tone } from '../theme/tokens';

/** Something that may need somebody: a list, and what it must be empty of. */
interface Watch {
  readonly resource: string;
  readonly permission: string;
  readonly filter: ListFilter;
  readonly sort: string;
  readonly tone: Tone;
  readonly one: string;
  readonly many: string;
}

/** More are said to be so many and more. */
const MOST = 100;

const DAY = { created_at: { last: '24h' } };

const WATCHES: readonly Watch[] = [
  {
    resource: 'sessions',
    permission: 'sessions.read',
    filter: { is_past_deadline: true },
    sort: 'created_at',
    tone: 'bad',
    one: 'session is past its deadline',
    many: 'sessions are past their deadline',
  },
  {
    resource: 'sessions',
    permission: 'sessions.read',
    filter: { ...DAY, status: ['declined', 'rejected', 'unavailable', 'challenge_abandoned'] },
    sort: 'created_at',
    tone: 'warn',
    one: 'session failed in the last 24 hours',
    many: 'sessions failed in the last 24 hours',
  },
  {
    resource: 'callbacks',
    permission: 'callbacks.read',
    filter: { state: ['dead'] },
    sort: 'created_at',
    tone: 'bad',
    one: 'callback was given up',
    many: 'callbacks were given up',
  },
  {
    resource: 'callbacks',
    permission: 'callbacks.read',
    filter: { is_failing: true },
    sort: 'created_at',
    tone: 'warn',
    one: 'callback is not taken by its merchant yet',
    many: 'callbacks are not taken by their merchants yet',
  },
  {
    resource: 'tokens',
    permission: 'tokens.read',
    filter: { is_failing: true },
    sort: 'created_at',
    tone: 'bad',
    one: 'upstream token cannot be renewed',
    many: 'upstream tokens cannot be renewed',
  },
];

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  display: 'grid',
  gap: 8,
  fontSize: 13.5,
  '& li': { display: 'flex', alignItems: 'center', gap: 10 },
  '& a': { color: theme.tokens.ink },
}));

const countOf = ({ data, next }: ListPage<object>): number => (next === null ? data.length : MOST);

/** What needs somebody; each leads to the rows behind it. */
export function Attention() {
  const me = useMe();
  const watches = WATCHES.filter(
    ({ resource, permission }) => me?.features.includes(resource) === true && me.permissions.includes(permission),
  );
  const answers = useQueries({
    queries: watches.map(({ resource, filter, sort }) => ({
      queryKey: ['attention', resource, filter],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => {
        const query = listQuery({ filter, sort: { field: sort, order: 'DESC' }, limit: MOST }, new Date());
        return call<ListPage<object>>('GET', resource, { query: { ...query, fields: undefined }, signal });
      },
      refetchInterval: 30_000,
    })),
  });
  const found = watches.flatMap((watch, index) => {
    const page = answers[index]?.data;
    return page && page.data.length > 0 ? [{ ...watch, count: countOf(page) }] : [];
  });
  const reports = useReportDifferences();
  const differences = reports.data ?? 0;
  const looks = [...answers, ...(reports.isEnabled ? [reports] : [])];
  const unseen = looks.filter(({ isError, data }) => isError && data === undefined);
  const isWell = found.length === 0 && differences === 0 && looks.every(({ isSuccess }) => isSuccess);
  return (
    <Section title="Needs attention">
      {isWell && <span>Nothing. Everything runs as it should.</span>}
      <List>
        {unseen.length > 0 && (
          <li role="alert">
            <Pill tone="warn">?</Pill>
            {unseen.length === looks.length
              ? 'Nobody knows: it could not be looked.'
              : 'It could not be looked everywhere: there may be more.'}
            <Button size="small" onClick={() => unseen.forEach(({ refetch }) => void refetch())}>
              Try again
            </Button>
          </li>
        )}
        {found.map(({ resource, filter, count, one, many, tone }) => (
          <li key={many}>
            <Pill tone={tone}>{count === MOST ? `${MOST} or more` : count}</Pill>
            <Link to={`/${resource}?filter=${encodeURIComponent(JSON.stringify(filter))}`}>
              {count === 1 ? one : many}
            </Link>
          </li>
        ))}
        {differences > 0 && (
          <li>
            <Pill tone="bad">{differences}</Pill>
            <Link to="/reports#check">
              {differences === 1 ? 'figure of reports does' : 'figures of reports do'} not add up to the sessions
            </Link>
          </li>
        )}
      </List>
    </Section>
  );
}

/** How many hours of merchants the last check of reports found to differ. */
function useReportDifferences() {
  const me = useMe();
  const isEnabled = me?.features.includes('reports') === true && me.permissions.includes('reports.read');
  const answer = useQuery({
    queryKey: ['attention', 'reports'],
    queryFn: ({ signal }) => request('GET reports/check', { signal }),
    select: ({ last }) => last?.findings.length ?? 0,
    enabled: isEnabled,
    refetchInterval: 60_000,
  });
  return { ...answer, isEnabled };
}
