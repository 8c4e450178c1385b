import type { ReactNode } from 'react';
import type { Schemas } from '../api/admin-api';
import { CountLink } from '../ui/CountLink';
import { type Of, rowsOf, Tile } from './Tile';

/** The last hour of one environment. */
export type Hour = Schemas['Overview']['last_hour'][number];

/** Fewer than these say little. */
const FEW = 30;
/** Minutes that a rate is taken of: one minute alone has too few. */
const STRETCH = 5;

const percent = (rate: number | null): string => (rate === null ? '–' : `${(rate * 100).toFixed(1)} %`);

/** Two digits that say something. */
const perMinute = (anHour: number): string => String(Number((anHour / 60).toPrecision(anHour < 600 ? 2 : 4)));

/** What a rate is of, which leads to its sessions. */
const of = (count: number, what: string, to: string): ReactNode => (
  <>
    of <CountLink count={count} to={to} /> {what}
    {count < FEW && ': too few to say much'}
  </>
);

const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

/** The rate of each stretch of minutes; nothing where there was nothing to be a rate of. */
function rates(part: readonly number[], whole: readonly number[]): number[] {
  return Array.from({ length: whole.length / STRETCH }, (_, index) => {
    const stretch = (values: readonly number[]): number => sumOf(values.slice(index * STRETCH, (index + 1) * STRETCH));
    return stretch(whole) === 0 ? 0 : stretch(part) / stretch(whole);
  });
}

/** How sessions went in the last hour, and which should have ended. */
export function SessionTiles({ hour, of: merchant = {} }: { readonly hour: Hour; readonly of?: Of }) {
  const its = (filter: object): string =>
    rowsOf('sessions', { environment: [hour.environment], ...merchant, ...filter });
  const lastHour = (more: object = {}): string => its({ created_at: { last: '1h' }, ...more });
  return (
    <>
      <Tile
        to={lastHour()}
        title="Created in the last hour, by the minute"
        name="Sessions a minute"
        value={perMinute(hour.sessions)}
        note={`${hour.sessions} in the last hour`}
        line={{ name: 'Sessions per minute', values: hour.per_minute }}
      />
      <Tile
        to={lastHour({ counts_as: ['approved', 'attempted'] })}
        title="Approved and attempted, of all for which a request for authentication went out, data only left out"
        name="Authentication rate"
        value={percent(hour.authentication_rate)}
        note={of(
          hour.submitted_for_authentication,
          'submitted',
          lastHour({ counts_as: ['submitted_for_authentication'] }),
        )}
        line={{
          name: 'Authentication rate of every five minutes',
          values: rates(hour.authenticated_per_minute, hour.submitted_for_authentication_per_minute),
        }}
      />
      <Tile
        to={lastHour({ counts_as: ['frictionless'] })}
        title="A final answer without a challenge, of those and the ones with a challenge"
        name="Frictionless rate"
        value={percent(hour.frictionless_rate)}
        note={of(
          hour.frictionless + hour.challenge_requested,
          'answered',
          lastHour({ counts_as: ['frictionless', 'challenge_requested'] }),
        )}
        line={{
          name: 'Frictionless rate of every five minutes',
          values: rates(hour.frictionless_per_minute, hour.answered_per_minute),
        }}
      />
      <Tile
        to={its({ is_unresolved: true })}
        title="Still open more than a minute after their deadline, however old; there should be none"
        name="Past deadline"
        value={hour.past_deadline}
        note={hour.past_deadline === 0 ? 'all are settled in time' : 'nobody has settled them'}
      />
    </>
  );
}
