import type { CallbackFigures } from '../callbacks/types';
import { useFigures } from '../callbacks/use-figures';
import { duration } from '../format/time';
import { useMe } from '../session/me';
import { useNow } from '../ui/now';
import { type Of, rowsOf, Tile } from './Tile';

const seconds = (value: number | null): string => (value === null ? '–' : duration(value * 1000));

/** Nothing was taken by a merchant: then there is no figure to tell of. */
const lagNote = ({ owed, at_first_try: first, lag_p95_seconds: p95 }: CallbackFigures['last_hour']): string => {
  if (owed === 0) return 'none was owed in the last hour';
  return p95 === null
    ? `none of ${owed} was taken in the last hour`
    : `95 % within ${seconds(p95)}; ${first} of ${owed} at the first try`;
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
  const shownMinutes = hour.lag_per_minute.map((lag) => lag ?? 0);
  return (
    <>
      <Tile
        to={rowsOf('callbacks', { environment: [environment], ...of, is_due_now: true })}
        title="Callbacks that are to be sent now"
        name="Callback backlog"
        value={due}
        note={oldest === null ? 'nothing is due' : `the oldest for ${duration(now.getTime() - Date.parse(oldest))}`}
      />
      <Tile
        to={rowsOf('callbacks', { environment: [environment], ...of, created_at: { last: '1h' } })}
        title="From the change that a callback tells of to its acknowledgement; half of all were faster than the first figure"
        name="Callback lag"
        value={seconds(hour.lag_p50_seconds)}
        note={lagNote(hour)}
        line={{ name: 'Median lag of each minute', values: shownMinutes }}
      />
    </>
  );
}
