import { decodeId } from '@app/kernel';
import { assertNone, check, codeOf, objectBody, OneOf, parseListQuery } from '@app/platform';
import { SESSION_ACTS, type SessionAct } from '../admin/session-acts';
import type { BulkWish, Choice } from '../admin/bulk-jobs.service';
import { SESSION_LISTING } from '../admin/session-listing';
import { SessionActDto } from './admin-sessions.dto';

/** What somebody may name one by one. */
export const MAX_IDS = 1_000;

/** The body of a job; what the act is done with is read apart. */
export class BulkActDto extends SessionActDto {
  @OneOf(SESSION_ACTS) act: SessionAct;
}

/**
 * What is wanted of a job: an act, and either `ids` or a `filter` in the dialect of the list of sessions.
 * @throws InvalidRequest naming the fields, malformed
 */
export function readBulkWish(body: unknown, key: string | null): BulkWish {
  const json = objectBody(body);
  const codes: string[] = [];
  const { act, reason = null } = check(BulkActDto, json, [], codes);
  const { ids, filter } = json;
  const choice = choiceOf(ids, filter, codes);
  assertNone(codes);
  return { act, choice, reason, key, content: { act, reason, ids: ids ?? null, filter: filter ?? null } };
}

function choiceOf(ids: unknown, filter: unknown, codes: string[]): Choice {
  if (filter === undefined) return { ids: idsOf(ids, codes) };
  // One or the other: both together would leave open which of them counts.
  if (ids !== undefined) codes.push('ids_invalid');
  if (typeof filter !== 'object') codes.push('filter_invalid');
  assertNone(codes);
  return { conditions: parseListQuery(SESSION_LISTING, { filter: JSON.stringify(filter) }).conditions };
}

function idsOf(ids: unknown, codes: string[]): readonly string[] {
  const isList = Array.isArray(ids) && ids.length > 0 && ids.length <= MAX_IDS;
  const read = isList ? ids.map((id) => (typeof id === 'string' ? decodeId('session', id) : null)) : [null];
  const known = read.filter((id) => id !== null);
  if (known.length < read.length) codes.push(codeOf(['ids'], ids));
  return [...new Set(known)];
}
