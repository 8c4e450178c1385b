/** What differs between two sets of ranges, so that a refresh writes no more than that. */
import type { CardRange, CardRangeSet } from '@app/emv3ds';
import type { DirectoryServer } from './directory-server';

/** Ranges to delete and ranges to write; a changed one counts as written. */
export interface RangeChanges {
  removed: readonly CardRange[];
  written: readonly CardRange[];
}

const boundsOf = (range: CardRange): string => `${range.start}-${range.end}`;

const attributesOf = (range: CardRange): string =>
  JSON.stringify([
    range.acsStart,
    range.acsEnd,
    range.dsStart ?? null,
    range.dsEnd ?? null,
    range.methodUrl ?? null,
    range.acsInfoInd ?? null,
  ]);

/** Compares by bounds, then by attributes. Where one set has the same bounds twice, the later record counts. */
export function rangeChanges(before: readonly CardRange[], after: readonly CardRange[]): RangeChanges {
  const old = new Map(before.map((range) => [boundsOf(range), range]));
  const next = new Map(after.map((range) => [boundsOf(range), range]));
  const isNew = (bounds: string, range: CardRange): boolean => {
    const former = old.get(bounds);
    return former === undefined || attributesOf(former) !== attributesOf(range);
  };
  return {
    removed: [...old].filter(([bounds]) => !next.has(bounds)).map(([, range]) => range),
    written: [...next].filter(([bounds, range]) => isNew(bounds, range)).map(([, range]) => range),
  };
}

/** Whether readers must read again: other ranges, other default versions, or the first load of all. */
export function changesWhatIsKnown(
  server: Pick<DirectoryServer, 'dsStartVersion' | 'dsEndVersion' | 'rangesLoadedAt'>,
  set: Omit<CardRangeSet, 'ranges'>,
  changes: RangeChanges,
): boolean {
  return (
    changes.removed.length + changes.written.length > 0 ||
    server.rangesLoadedAt === null ||
    (set.dsStart ?? null) !== server.dsStartVersion ||
    (set.dsEnd ?? null) !== server.dsEndVersion
  );
}
