/** When the points of a trend begin, in the zone of who looks. Pure. */
import type { ReportQuery, TrendUnit } from './report-listing';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far a zone is from UTC at an instant. */
function offsetMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(at / 1000) * 1000;
}

/** An instant's clock on the wall, as if it were UTC. */
const toLocal = (at: number, zone: string): number => at + offsetMs(at, zone);

/** The first instant with this clock on the wall; where that is skipped, the one after. */
function fromLocal(local: number, zone: string): number {
  const before = local - offsetMs(local - DAY_MS, zone);
  const after = local - offsetMs(local + DAY_MS, zone);
  const exact = [before, after].filter((at) => toLocal(at, zone) === local);
  return exact.length > 0 ? Math.min(...exact) : before;
}

/** Where the unit that holds a local time begins; weeks begin on Mondays. */
function startOf(local: number, unit: 'day' | 'week'): number {
  const day = Math.floor(local / DAY_MS) * DAY_MS;
  // 1 January 1970 was a Thursday.
  return unit === 'day' ? day : day - ((((day / DAY_MS + 3) % 7) + 7) % 7) * DAY_MS;
}

/** The beginnings of all hours, days or weeks that a window touches, in order. */
export function pointsBetween(
  { from, to }: Pick<ReportQuery, 'from' | 'to'>,
  unit: TrendUnit,
  zone: string,
): readonly Date[] {
  const points: Date[] = [];
  if (unit === 'hour') {
    // Some zones are half an hour off: the hour begins where the clock on the wall says so.
    const local = toLocal(from.getTime(), zone);
    const first = from.getTime() - (local % HOUR_MS);
    for (let at = first; at < to.getTime(); at += HOUR_MS) points.push(new Date(at));
    return points;
  }
  const step = unit === 'day' ? DAY_MS : 7 * DAY_MS;
  for (let local = startOf(toLocal(from.getTime(), zone), unit); ; local += step) {
    const at = fromLocal(local, zone);
    if (at >= to.getTime()) return points;
    points.push(new Date(at));
  }
}

/** Whether a text names a time zone of the IANA database: `UTC`, or `Area/City`. */
export function isTimeZone(zone: string): boolean {
  // Offsets and abbreviations would be one in JavaScript too; in Postgres they are none, or mean something else.
  if (!/^(?:UTC|[A-Za-z]+(?:\/[A-Za-z0-9_+-]+)+)$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false; // no such zone
  }
}
