/** Times as operators read them. In: ISO 8601 in UTC as the API gives it, and the zone that was chosen. */

/** The operator's choice: that of the browser, or a name of the IANA database such as `UTC`. */
export type TimeZone = string;

export const BROWSER_ZONE: TimeZone = 'browser';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs more than using it a hundred times. */
function formatFor(zone: TimeZone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const timeZone = zone === BROWSER_ZONE ? {} : { timeZone: zone };
  const made = new Intl.DateTimeFormat('en-GB', { hourCycle: 'h23', ...options, ...timeZone });
  formats.set(key, made);
  return made;
}

const DAY = { day: 'numeric', month: 'short' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** `29 Nov 2026, 14:03:07`; what is no time stays as it is. */
export function dateAndTime(iso: string, zone: TimeZone): string {
  if (Number.isNaN(Date.parse(iso))) return iso;
  return formatFor(zone, { ...DAY, year: 'numeric', ...CLOCK }).format(new Date(iso));
}

/** For lists: `29 Nov, 14:03:07`, with the year where it is not the one of `now`. */
export function shortTime(iso: string, zone: TimeZone, now: Date): string {
  const at = new Date(iso);
  const year = formatFor(zone, { year: 'numeric' });
  const isThisYear = year.format(at) === year.format(now);
  return formatFor(zone, isThisYear ? { ...DAY, ...CLOCK } : { ...DAY, year: 'numeric', ...CLOCK }).format(at);
}

/** `14:03:07.120`: for what happens within a session. */
export function clockTime(iso: string, zone: TimeZone): string {
  return formatFor(zone, { ...CLOCK, fractionalSecondDigits: 3 }).format(new Date(iso));
}

/** `29 Nov 2026` */
export function day(iso: string, zone: TimeZone): string {
  return formatFor(zone, { ...DAY, year: 'numeric' }).format(new Date(iso));
}

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

/** A text in its parts: every other one, from the second on, is an instant that stood in it. */
export const aroundInstants = (text: string): readonly string[] => text.split(INSTANT);

/** A text with the instants in it as people read them; those of UTC say so. */
export const withTimes = (text: string, zone: TimeZone): string =>
  aroundInstants(text)
    .map((part, index) => (index % 2 === 0 ? part : dateAndTime(part, zone) + (zone === 'UTC' ? ' UTC' : '')))
    .join('');

/** The zone's name and its distance from UTC at `at`: `Europe/Paris (GMT+1)`. */
export function zoneName(zone: TimeZone, at: Date): string {
  const format = formatFor(zone, { timeZoneName: 'shortOffset' });
  const offset = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const { timeZone } = format.resolvedOptions();
  return timeZone === 'UTC' ? 'UTC' : `${timeZone} (${offset})`;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'long' });

/** `3 minutes ago`, `in 2 days`; below a minute `just now`, or `in a moment`. */
export function fromNow(iso: string, now: Date): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  if (!step) return seconds > 0 ? 'in a moment' : 'just now';
  return relative.format(Math.trunc(seconds / step[1]), step[0]);
}

/** The same of what has happened: a clock that is ahead of ours does not put it into the future. */
export const ago = (iso: string, now: Date): string => fromNow(iso, new Date(Math.max(now.getTime(), Date.parse(iso))));

/** A length of time: `85 ms`, `1.24 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${Number((ms / 1000).toFixed(2))} s`;
  const seconds = Math.round(ms / 1000);
  const units: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
