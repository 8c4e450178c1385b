import { isUuid } from '@app/kernel';
import type { ListPosition, ListQuery, SortType } from './listing';

/** Longer ones were not made by us. */
const MAX_LENGTH = 2_000;

/** Whole numbers that Postgres' bigint holds, and a little less. */
const WHOLE = /^-?\d{1,18}$/;
/** Microseconds since 1970, up to the year 9999: what lies beyond is no timestamp of Postgres. */
const MAX_MICROSECONDS = 253_402_300_800_000_000n;

const isKey: Record<SortType, (key: string) => boolean> = {
  text: (key) => !key.includes('\u0000'),
  integer: (key) => WHOLE.test(key),
  time: (key) => WHOLE.test(key) && BigInt(key) >= 0n && BigInt(key) < MAX_MICROSECONDS,
  id: isUuid,
};

type Sort = ListQuery['sort'];

/** A cursor belongs to one order: with another the position would mean nothing. */
const orderOf = ({ name, descending }: Sort): string => (descending ? `-${name}` : name);

/** The opaque text of a position, for `after`. */
export function encodeCursor(sort: Sort, { backwards, key, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([orderOf(sort), backwards ? 1 : 0, key, id])).toString('base64url');
}

/** The position behind a cursor, or null when the text is none, or one of another order. Never throws. */
export function decodeCursor(sort: Sort, text: string): ListPosition | null {
  if (text.length > MAX_LENGTH) return null;
  const parts = parts4(text);
  if (!parts) return null;
  const [order, backwards, key, id] = parts;
  if (order !== orderOf(sort) || typeof key !== 'string' || typeof id !== 'string') return null;
  if (!isUuid(id) || !isKey[sort.type](key)) return null;
  return { backwards: backwards === 1, key, id };
}

function parts4(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) && value.length === 4 ? value : null;
  } catch {
    return null; // made up, or cut on its way
  }
}
