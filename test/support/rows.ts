/** What the product keeps of a session, straight from its tables. */
import { Client } from 'pg';
import { decodeId } from '@app/kernel';
import type { Product } from './product';

/** One line of a session's story. */
export interface StoryLine {
  type: string;
  from: string | null;
  to: string;
}

/** Runs one query against the product's database. */
export async function rows<T>(
  product: { database: Pick<Product['database'], 'url'> },
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new Client({ connectionString: product.database.url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as T[];
  } finally {
    await client.end();
  }
}

/** A session's id as the tables have it. */
export function uuidOf(sessionId: string): string {
  const id = decodeId('session', sessionId);
  if (id === null) throw new Error(`Not a session id: ${sessionId}`);
  return id;
}

/** All lines of a session's story, in order. */
export function storyOf(product: Product, sessionId: string): Promise<StoryLine[]> {
  return rows(
    product,
    'SELECT type, from_status AS "from", to_status AS "to" FROM session_event WHERE session_id = $1 ORDER BY seq',
    [uuidOf(sessionId)],
  );
}

/** The statuses that a session went through. */
export async function statusesOf(product: Product, sessionId: string): Promise<string[]> {
  return (await storyOf(product, sessionId)).filter(({ from, to }) => from !== to).map(({ to }) => to);
}

/** How many rows each of the tables has that a request may add to. */
export async function counts(product: Product): Promise<Record<string, number>> {
  const [row] = await rows<Record<string, number>>(
    product,
    `SELECT (SELECT count(*)::int FROM session) AS sessions, (SELECT count(*)::int FROM attempt) AS attempts,
            (SELECT count(*)::int FROM card) AS cards, (SELECT count(DISTINCT session_id)::int FROM session_event) AS stories,
            (SELECT count(*)::int FROM correlation) AS correlations`,
  );
  return row ?? {};
}

/** What is known of the cards of a BIN. */
export interface KnownBin {
  readonly issuer: string | null;
  readonly issuer_country: string | null;
  readonly card_type: string | null;
}

/** Makes known whose test cards are that begin as this number does. */
export async function knowBin(product: Product, cardNumber: string, known: KnownBin): Promise<void> {
  await rows(
    product,
    `INSERT INTO card_bin (environment, bin, issuer, issuer_country, card_type) VALUES ('test', $1, $2, $3, $4)
     ON CONFLICT (environment, bin) DO UPDATE SET issuer = $2, issuer_country = $3, card_type = $4`,
    [cardNumber.slice(0, 8), known.issuer, known.issuer_country, known.card_type],
  );
}
