/** What the screen shows, as its address says it, so that it can be shared; and the same for the API and for other lists. */
import { readFilter } from '../list/read-filter';
import { lengthOf, resolved, type ListFilter, type Operators } from '../providers/list-query';
import { sessionsWith } from '../sessions/sessions-with';
import type { Basis, Party, Traffic, Unit } from './types';

export interface ReportAddress {
  /** `last`, or `gte` and `lt`: as in the filter of a list. */
  readonly window: Operators;
  readonly traffic: Traffic;
  readonly basis: Basis;
  readonly unit: Unit;
  /** Whose hours and days; empty: those of who looks. */
  readonly zone: string;
  readonly by: string;
  /** Of whom there is a table of their own. */
  readonly table: Party;
  readonly filter: ListFilter;
}

const USUAL_LENGTH = '30d';
const HOUR_MS = 3_600_000;

const USUAL: ReportAddress = {
  window: { last: USUAL_LENGTH },
  traffic: 'live',
  basis: 'raw',
  unit: 'day',
  zone: '',
  by: 'scheme',
  table: 'issuer',
  filter: {},
};

const wordIn = <Word extends string>(words: readonly Word[], text: string | null, usual: Word): Word =>
  words.find((word) => word === text) ?? usual;

function zoneIn(text: string | null): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text ?? '' }).resolvedOptions().timeZone;
  } catch {
    return USUAL.zone; // no such zone, or none was said
  }
}

function objectIn(text: string | null): object | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null; // cut on its way here
  }
}

/** Reads an address; what it does not say, or not rightly, is as usual. */
export function readReportAddress(search: URLSearchParams): ReportAddress {
  const window = objectIn(search.get('window')) as Operators | null;
  return {
    window: window ?? USUAL.window,
    traffic: wordIn(['live', 'test', 'demo'], search.get('traffic'), USUAL.traffic),
    basis: wordIn(['raw', 'deduplicated'], search.get('basis'), USUAL.basis),
    unit: wordIn(['hour', 'day', 'week'], search.get('unit'), USUAL.unit),
    zone: zoneIn(search.get('zone')),
    by: search.get('by') ?? USUAL.by,
    table: wordIn(['issuer', 'acs'], search.get('table'), USUAL.table),
    filter: readFilter(search.get('filter')).filter,
  };
}

/** The query string of an address; what is usual is left out. */
export function writeReportAddress(address: ReportAddress): string {
  const written = (Object.keys(USUAL) as (keyof ReportAddress)[]).flatMap((name) => {
    const [value, usual] = [address[name], USUAL[name]].map((one) =>
      typeof one === 'string' ? one : JSON.stringify(one),
    ) as [string, string];
    return value === usual ? [] : [[name, value]];
  });
  return new URLSearchParams(written).toString();
}

/** When the window begins and ends. Whole minutes, so that the same question stays the same for a while. */
export function boundsOf({ window }: ReportAddress, now: Date): { from: string; to: string } {
  const minute = new Date(Math.ceil(now.getTime() / 60_000) * 60_000);
  const to = window.lt === undefined ? minute.toISOString() : String(window.lt);
  if (window.gte !== undefined) return { from: String(window.gte), to };
  const length = lengthOf(String(window.last ?? USUAL_LENGTH));
  return { from: new Date(new Date(to).getTime() - length).toISOString(), to };
}

/** The part of a question that is the same for all figures of the screen. */
export function questionOf(address: ReportAddress, now: Date): Record<string, string> {
  const { traffic, basis, filter } = address;
  return {
    ...boundsOf(address, now),
    traffic,
    basis,
    ...(Object.keys(filter).length === 0 ? {} : { filter: JSON.stringify(resolved(filter, now)) }),
  };
}

/** What a report is about, as the list of sessions takes it. */
export function rowsFilter({ window, traffic, basis, filter }: ReportAddress): ListFilter {
  const whose: ListFilter =
    traffic === 'demo'
      ? { is_demo: true }
      : { environment: [traffic], ...(traffic === 'test' ? { is_demo: false } : {}) };
  const counted: ListFilter = basis === 'deduplicated' ? { is_last_of_purchase: true } : {};
  return { ...filter, created_at: bounded(window), ...whose, ...counted };
}

/** A window that only ends begins where its figures do. */
function bounded(window: Operators): Operators {
  if (window.lt === undefined || window.gte !== undefined) return window;
  const from = new Date(new Date(String(window.lt)).getTime() - lengthOf(USUAL_LENGTH));
  return { gte: from.toISOString(), lt: window.lt };
}

/** The rows behind a figure: the list of sessions with what the report is about, and what they count as. */
export const rowsCounted = (address: ReportAddress, counts: readonly string[]): string =>
  rowsBehind(address, counts.includes('sessions') ? {} : { counts_as: counts });

/** The same by another filter. */
export const rowsBehind = (address: ReportAddress, more: ListFilter = {}): string =>
  sessionsWith({ ...rowsFilter(address), ...more });

/** The sessions of a merchant in an hour, of whatever environment. */
export const rowsOfHour = (merchantId: string, hour: string): string =>
  sessionsWith({
    merchant_id: [merchantId],
    created_at: { gte: hour, lt: new Date(Date.parse(hour) + HOUR_MS).toISOString() },
  });

/** The list of callbacks about the sessions of a report, by what they count as; in the usual order, or in that of `sort`. */
export function callbacksCounted(address: ReportAddress, count: string, sort?: string): string {
  const { created_at: created, ...about } = rowsFilter(address);
  const filter = { ...about, session_created_at: created, counts_as: [count] };
  const search = { filter: JSON.stringify(filter), ...(sort === undefined ? {} : { sort }) };
  return `/callbacks?${new URLSearchParams(search).toString()}`;
}
