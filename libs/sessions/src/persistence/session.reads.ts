import { Statement, type Queryable } from '@app/platform';
import type { Session } from '../domain/session';
import { SESSION_SELECT, toSession, type SessionRow } from './session.row';

/** Whose session is read: every query of merchant data carries the merchant of the credential. */
export interface SessionKey {
  id: string;
  merchantId: string;
  environment: string;
}

/** How many statements of reads are under way at a time, and how many sessions one may ask for. */
export const READ_LIMITS = { concurrency: 4, batch: 50 };

// The attempt's partition is found by a constant, not by the join: the planner then looks at one partition of each.
/** A merchant never sees what was turned away: it was told why instead. */
const SHOWN = 's.refusal_code IS NULL';

const ONE = `SELECT ${SESSION_SELECT} FROM session s
  JOIN attempt a ON a.session_id = $1::uuid AND a.number = s.attempt_number WHERE s.id = $1::uuid`;

const READ_ONE = new Statement(ONE);

const READ_ONE_OF_MERCHANT = new Statement(
  `${ONE} AND s.merchant_id = $2::uuid AND s.environment = $3::text AND ${SHOWN}`,
);

const READ_MANY = new Statement(`SELECT wanted.position, ${SESSION_SELECT}
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) WITH ORDINALITY AS wanted(id, merchant_id, environment, position)
  JOIN session s ON s.id = wanted.id AND s.merchant_id = wanted.merchant_id AND s.environment = wanted.environment AND ${SHOWN}
  JOIN attempt a ON a.session_id = s.id AND a.number = s.attempt_number`);

const READ_AT = `SELECT ${SESSION_SELECT.replace('s.attempt_number', 'a.number AS attempt_number')} FROM session s
  JOIN attempt a ON a.session_id = $1 AND a.connector = $2 WHERE s.id = $1 ORDER BY a.number DESC LIMIT 1`;

/** By id, with the latest attempt at `connector`. */
export async function readAt(db: Queryable, id: string, connector: string): Promise<Session | null> {
  const [row] = await db.query<SessionRow>(READ_AT, [id, connector]);
  return row ? toSession(row) : null;
}

/** By id, whoever's it is. */
export async function readOne(db: Queryable, id: string): Promise<Session | null> {
  const [row] = await db.query<SessionRow>(READ_ONE, [id]);
  return row ? toSession(row) : null;
}

/** In the order of `keys`; null where there is none for that merchant and environment. */
export async function readAll(db: Queryable, keys: readonly SessionKey[]): Promise<(Session | null)[]> {
  const [only] = keys;
  if (only && keys.length === 1) {
    const [row] = await db.query<SessionRow>(READ_ONE_OF_MERCHANT, [only.id, only.merchantId, only.environment]);
    return [row ? toSession(row) : null];
  }
  const rows = await db.query<SessionRow & { position: string }>(READ_MANY, [
    keys.map(({ id }) => id),
    keys.map(({ merchantId }) => merchantId),
    keys.map(({ environment }) => environment),
  ]);
  const found: (Session | null)[] = keys.map(() => null);
  for (const row of rows) found[Number(row.position) - 1] = toSession(row);
  return found;
}
