import type { AuditEntry } from './types';

/** A member that an act changed. */
export interface ChangedMember {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

const textOf = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** What an entry says was changed, member by member; members that stayed as they were are left out. */
export function changesIn({ before, after }: Pick<AuditEntry, 'before' | 'after'>): readonly ChangedMember[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => ({ name, before: textOf(before?.[name]), after: textOf(after?.[name]) }))
    .filter((one) => one.before !== one.after);
}
