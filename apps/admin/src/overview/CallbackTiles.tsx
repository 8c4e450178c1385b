import type { ReactNode } from 'react';
import type { CallbackFigures } from '../callbacks/types';
import { useFigures } from '../callbacks/use-figures';
import { duration } from '../format/time';
import { useMe } from '../session/me';
import { CountLink } from '../ui/CountLink';
import { useNow } from '../ui/now';
import { type Of, rowsOf, Tile } from './Tile';

const seconds = (value: number | null): string => (value === null ? '–' : duration(value * 1000));

/** What the lag is of. Nothing was taken by a merchant: then there is no figure to tell of. */
const lagNote = (
  { owed, at_first_try: first, lag_p95_seconds: p95 }: CallbackFigures['last_hour'],
  counted: (count: string) => string,
): ReactNode => {
  if (owed === 0) return 'none was owed in the last hour';
  const all = <CountLink count={owed} to={counted('due')} />;
  return p95 === null ? (
    <>none of {all} was taken in the last hour</>
  ) : (
    <>
      95 % within {seconds(p95)}; <CountLink count={first} to={counted('first_try')} /> of {all} at the first try
    </>
  );
};

/** How far behind we are with what merchants of one environment are owed. */
export function CallbackTiles({ environment, of = {} }: { readonly environment: 'test' | 'live'; readonly of?: Of }) {
  const me = useMe();
  const maySee = me?.features.includes('callbacks') === true && me.permissions.includes('callbacks.read');
  const { data } = useFigures(maySee, of);
  const now = useNow();
  const figures = data?.find((one) => one.environment === environment);
  if (!figures) return null;
  const { due, oldest_due_at: oldest, last_hour: hour } = figures;
  const counted = (count: string): string =>
    rowsOf('callbacks', { environment: [environment], ...of, created_at: { last: '1h' }, counts_as: [count] });
  const shownMinutes = hour.lag_per_minute.map((lag) => lag ?? 0);
  return (
    <>
      <Tile
        to={rowsOf('callbacks', { environment: [environment], ...of, is_due_now: true }, 'created_at')}
        title="Callbacks that are to be sent now"
        name="Callback backlog"
        value={due}
        note={oldest === null ? 'nothing is due' : `the oldest for ${duration(now.getTime() - Date.parse(oldest))}`}
      />
      <Tile
        to={counted('delivered')}
        title="From the change that a callback tells of to its acknowledgement; half of all were faster than the first figure"
        name="Callback lag"
        value={seconds(hour.lag_p50_seconds)}
        note={lagNote(hour, counted)}
        line={{ name: 'Median lag of each minute', values: shownMinutes }}
      />
    </>
  );
}
