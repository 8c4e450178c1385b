import { BROWSER_ZONE, type TimeZone } from '../format/time';

const MINUTE_MS = 60_000;

/** How far a zone is from UTC at an instant. */
function offsetMs(at: number, zone: TimeZone): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...(zone === BROWSER_ZONE ? {} : { timeZone: zone }),
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

/** An instant as a field for dates takes it, in the zone: `2026-11-29T14:03:07`. Nothing where it is none. */
export function toLocal(iso: string, zone: TimeZone): string {
  const at = new Date(iso).getTime();
  if (Number.isNaN(at)) return '';
  return new Date(at + offsetMs(at, zone)).toISOString().slice(0, 19);
}

/** What such a field says, as an instant. An hour that does not exist is the one after it; of two the first is meant. */
export function toInstant(local: string, zone: TimeZone): string {
  const asUtc = new Date(`${local.length === 16 ? `${local}:00` : local}Z`).getTime();
  // The offset a day before and a day after are those on both sides of whatever change there is.
  const candidates = [-24 * 60, 24 * 60].map((minutes) => asUtc - offsetMs(asUtc + minutes * MINUTE_MS, zone));
  const exact = candidates.filter((at) => at + offsetMs(at, zone) === asUtc);
  return new Date(Math.min(...(exact.length > 0 ? exact : candidates.slice(0, 1)))).toISOString();
}
