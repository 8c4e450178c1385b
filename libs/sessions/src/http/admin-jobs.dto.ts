import { CALLBACK_LISTING } from '@app/callbacks';
import { decodeId, type IdKind } from '@app/kernel';
import { assertNone, check, codeOf, objectBody, OneOf, parseListQuery, type Listing } from '@app/platform';
import { JOB_ACTS, type JobAct } from '../admin/bulk-job';
import type { BulkWish, Choice } from '../admin/bulk-jobs.service';
import { SESSION_LISTING } from '../admin/session-listing';
import { SessionActDto } from './admin-sessions.dto';

/** What somebody may name one by one. */
export const MAX_IDS = 1_000;

/** The body of a job; what the act is done with is read apart. */
export class BulkActDto extends SessionActDto {
  @OneOf(JOB_ACTS) act: JobAct;
}

/**
 * What is wanted of a job: an act, and either `ids` or a `filter` in the dialect of the list of sessions, or of callbacks
 * where these are to be sent again.
 * @throws InvalidRequest naming the fields, malformed
 */
export function readBulkWish(body: unknown, key: string | null): BulkWish {
  const json = objectBody(body);
  const codes: string[] = [];
  const { act, reason = null } = check(BulkActDto, json, [], codes);
  const { ids, filter } = json;
  const rest = { reason, key, content: { act, reason, ids: ids ?? null, filter: filter ?? null } };
  if (act === 'replay_callback') {
    const choice = choiceOf({ ids, filter }, 'message', CALLBACK_LISTING, codes);
    assertNone(codes);
    return { act, choice, ...rest };
  }
  const choice = choiceOf({ ids, filter }, 'session', SESSION_LISTING, codes);
  assertNone(codes);
  return { act, choice, ...rest };
}

function choiceOf<Filter extends string>(
  { ids, filter }: { readonly ids: unknown; readonly filter: unknown },
  kind: IdKind,
  listing: Listing<Filter>,
  codes: string[],
): Choice<Filter> {
  if (filter === undefined) return { ids: idsOf(ids, kind, codes) };
  // One or the other: both together would leave open which of them counts.
  if (ids !== undefined) codes.push('ids_invalid');
  if (typeof filter !== 'object') codes.push('filter_invalid');
  assertNone(codes);
  const { conditions } = parseListQuery(listing, { filter: JSON.stringify(filter) });
  return { conditions: conditions };
}

function idsOf(ids: unknown, kind: IdKind, codes: string[]): readonly string[] {
  const isList = Array.isArray(ids) && ids.length > 0 && ids.length <= MAX_IDS;
  const read = isList ? ids.map((id) => (typeof id === 'string' ? decodeId(kind, id) : null)) : [null];
  const known = read.filter((id) => id !== null);
  if (known.length < read.length) codes.push(codeOf(['ids'], ids));
  return [...new Set(known)];
}
