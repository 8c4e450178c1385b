import { Tile, rowsOf } from './Tile';

/** The last hour of one environment, as `GET /admin/api/overview` tells. */
export interface Hour {
  readonly environment: 'test' | 'live';
  readonly sessions: number;
  readonly per_minute: readonly number[];
  readonly submitted_for_authentication: number;
  readonly submitted_for_authentication_per_minute: readonly number[];
  readonly authenticated_per_minute: readonly number[];
  readonly authentication_rate: number | null;
  readonly frictionless: number;
  readonly challenge_requested: number;
  readonly frictionless_rate: number | null;
  readonly answered_per_minute: readonly number[];
  readonly frictionless_per_minute: readonly number[];
}

/** Fewer than these say little. */
const FEW = 30;
/** Minutes that a rate is taken of: one minute alone has too few. */
const STRETCH = 5;

const percent = (rate: number | null): string => (rate === null ? '–' : `${(rate * 100).toFixed(1)} %`);

const of = (count: number, what: string): string => `of ${count} ${what}${count < FEW ? ': too few to say much' : ''}`;

const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

/** The rate of each stretch of minutes; nothing where there was nothing to be a rate of. */
function rates(part: readonly number[], whole: readonly number[]): number[] {
  return Array.from({ length: whole.length / STRETCH }, (_, index) => {
    const stretch = (values: readonly number[]): number => sumOf(values.slice(index * STRETCH, (index + 1) * STRETCH));
    return stretch(whole) === 0 ? 0 : stretch(part) / stretch(whole);
  });
}

/** How sessions went in the last hour. */
export function SessionTiles({ hour }: { readonly hour: Hour }) {
  const lastHour = (more: object = {}): string =>
    rowsOf('sessions', { created_at: { last: '1h' }, environment: [hour.environment], ...more });
  return (
    <>
      <Tile
        to={lastHour()}
        name="Sessions"
        value={hour.sessions}
        note="created"
        line={{ name: 'Sessions per minute', values: hour.per_minute }}
      />
      <Tile
        to={lastHour({ status: ['approved', 'attempted'] })}
        title="Approved and attempted, of all for which a request for authentication went out, data only left out"
        name="Authentication rate"
        value={percent(hour.authentication_rate)}
        note={of(hour.submitted_for_authentication, 'submitted')}
        line={{
          name: 'Authentication rate of every five minutes',
          values: rates(hour.authenticated_per_minute, hour.submitted_for_authentication_per_minute),
        }}
      />
      <Tile
        to={lastHour()}
        title="A final answer without a challenge, of those and the ones with a challenge"
        name="Frictionless rate"
        value={percent(hour.frictionless_rate)}
        note={of(hour.frictionless + hour.challenge_requested, 'answered')}
        line={{
          name: 'Frictionless rate of every five minutes',
          values: rates(hour.frictionless_per_minute, hour.answered_per_minute),
        }}
      />
    </>
  );
}
