import Tooltip from '@mui/material/Tooltip';
import { ago, clockTime, dateAndTime, fromNow, shortTime } from '../format/time';
import { useNow } from './now';
import { useTimeZone } from './time-zone';

interface TimeProps {
  /** ISO 8601; null where it has not happened. */
  readonly at: string | null | undefined;
  /** `short` for lists, `full`, `clock` with milliseconds, `relative` to now, `ago` of what has happened. */
  readonly as?: 'short' | 'full' | 'clock' | 'relative' | 'ago';
}

/** A time in the operator's zone. The hover tells it in UTC, and how long ago it was. */
export function Time({ at, as = 'short' }: TimeProps) {
  const [zone] = useTimeZone();
  const now = useNow();
  if (at === null || at === undefined) return <span aria-label="none">–</span>;
  const words = {
    short: () => shortTime(at, zone, now),
    full: () => dateAndTime(at, zone),
    clock: () => clockTime(at, zone),
    relative: () => fromNow(at, now),
    ago: () => ago(at, now),
  };
  const utc = `${dateAndTime(at, 'UTC')} UTC`;
  const hover =
    as === 'relative' || as === 'ago' ? `${dateAndTime(at, zone)} · ${utc}` : `${utc} · ${fromNow(at, now)}`;
  return (
    <Tooltip title={hover}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {words[as]()}
      </time>
    </Tooltip>
  );
}
