import type { AuditEntry } from './types';

/** A member that an act changed. */
export interface ChangedMember {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A value as people read it: lists with commas, members by their names. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((one) => textOf(one) ?? 'nothing').join(', ');
  return Object.entries(value)
    .map(([name, one]) => `${wordsOf(name)} ${textOf(one) ?? 'nothing'}`)
    .join(', ');
}

const wordsOf = (name: string): string => name.replaceAll('_', ' ');

/** What changed in a line: what came new is told without what was not there before. */
export const changeLine = ({ name, before, after }: ChangedMember): string =>
  before === null ? `${wordsOf(name)}: ${after ?? 'nothing'}` : `${wordsOf(name)}: ${before} → ${after ?? 'nothing'}`;

/** What an entry says was changed, member by member; members that stayed as they were are left out. */
export function changesIn({ before, after }: Pick<AuditEntry, 'before' | 'after'>): readonly ChangedMember[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => ({ name, before: textOf(before?.[name]), after: textOf(after?.[name]) }))
    .filter((one) => one.before !== one.after);
}

/** A member that differs, with each of several values; none where there was nothing. */
export interface Difference {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const valuesOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) && value.length > 0 ? value : [value]).flatMap((one) => textOf(one) ?? []);

function differences(path: string, before: unknown, after: unknown): readonly Difference[] {
  if (isObject(before) || isObject(after)) {
    const [was, is] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return names.flatMap((name) => differences(path === '' ? name : `${path}.${name}`, was[name], is[name]));
  }
  const [was, is] = [valuesOf(before), valuesOf(after)];
  return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ name: path, before: was, after: is }];
}

/** The same down to the members of members: `ds.mode`. */
export const differencesIn = ({ before, after }: Pick<AuditEntry, 'before' | 'after'>): readonly Difference[] =>
  differences('', before, after);
