/** Looks for secrets where none may be: in the logs, and in every table. Tests' clients watch what they send and get. */
import { Client } from 'pg';
import type { TestDatabase } from './database';

const watched = new Set<string>();

/** Where is looked: what a product logged and stored. */
interface Searched {
  readonly database: Pick<TestDatabase, 'url'>;
  logs(): string;
}

/** A product with secrets of its own. */
interface SearchedDemo extends Searched {
  readonly demo: { readonly merchants: readonly { clientSecret: string; webhookSecret: string }[] };
}

/** Members of requests and answers whose values must not stay anywhere in clear. */
const SECRET_MEMBERS = new Set(['session_secret', 'cryptogram', 'access_token', 'client_secret']);
const CARD_NUMBER = /^\d{13,19}$/;

/** From now on `value` must be nowhere. */
export function watchSecret(value: string): void {
  watched.add(value);
}

/** Watches the card number of a request: of a session's source, or of a card that is handed over. */
export function watchRequest(body: unknown): void {
  const request = body as { number?: unknown; source?: { number?: unknown; token?: unknown } } | null;
  for (const value of [request?.number, request?.source?.number, request?.source?.token]) {
    if (typeof value === 'string' && CARD_NUMBER.test(value)) watchSecret(value);
  }
}

/** Watches the secrets that an answer carries. */
export function watchAnswer(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string' && SECRET_MEMBERS.has(name)) watchSecret(value);
  }
  const token = linkTokenOf(body);
  if (token !== null) watchSecret(token);
}

/** What stands behind the link of a hosted session in an answer; null where there is none. */
export function linkTokenOf(body: object): string | null {
  const { _links: links } = body as { _links?: { redirect_url?: { href?: string } } };
  return /\/hosted\/([\w-]{43})$/.exec(links?.redirect_url?.href ?? '')?.[1] ?? null;
}

/** The kinds of what is watched, so that a test can tell that it watched something. */
export function watchedKinds(): { cards: number; others: number } {
  const cards = [...watched].filter((value) => CARD_NUMBER.test(value)).length;
  return { cards, others: watched.size - cards };
}

/** Those of the watched card numbers that can be read in an answer, by their first digits: nobody is to be shown one. */
export function cardsShownIn(text: string): string[] {
  const cards = [...watched].filter((value) => CARD_NUMBER.test(value));
  return cards.filter((number) => text.includes(number)).map((number) => `${number.slice(0, 4)}…`);
}

/** All that must be nowhere. */
export function watchedValues(): Iterable<string> {
  return watched;
}

/** The bytes that a value leaves where it is stored: its text, its base64, and what it is the base64 of. */
export function bytesOf(value: string): Buffer[] {
  const forms = [Buffer.from(value), Buffer.from(Buffer.from(value).toString('base64'))];
  const behind = behindBase64(value);
  return behind === null ? forms : [...forms, behind];
}

/**
 * The last look before a product's database goes: nothing that was watched, and none of the product's own secrets, can be
 * read in its logs or tables.
 * @throws Error that names the places
 */
export async function assertNoLeaks(product: SearchedDemo, kek: string): Promise<void> {
  const own = product.demo.merchants.flatMap(({ clientSecret, webhookSecret }) => [clientSecret, webhookSecret]);
  const leaks = await findLeaks(product, [...watched, ...own, kek]);
  if (leaks.length > 0) throw new Error(`Secrets can be read, and the database is kept:\n${leaks.join('\n')}`);
}

interface Place {
  name: string;
  text: string;
}

/**
 * Where a watched value (or one of `values`) can be read in the logs or in the database, and the value's first characters.
 * Bytes count as read when they are the value's text, or what it is the base64 of.
 */
export async function findLeaks(product: Searched, values: Iterable<string> = watched): Promise<string[]> {
  const places = [{ name: 'logs', text: product.logs() }, ...(await dump(product.database.url))];
  return [...values].flatMap((value) =>
    places.filter(({ text }) => isIn(text, value)).map(({ name }) => `${name}: ${value.slice(0, 4)}…`),
  );
}

function isIn(text: string, value: string): boolean {
  return readings(value).some((reading) => text.includes(reading));
}

function readings(value: string): string[] {
  const forms = [value, Buffer.from(value).toString('hex'), Buffer.from(value).toString('base64')];
  const behind = behindBase64(value);
  return behind === null ? forms : [...forms, behind.toString('hex')];
}

/** Twenty bytes and more, in either alphabet: shorter ones would be found by accident. */
function behindBase64(value: string): Buffer | null {
  const encoded = value.replace(/^sek_/, '');
  return /^[A-Za-z0-9+/_-]{27,}={0,2}$/.test(encoded) ? Buffer.from(encoded, 'base64') : null;
}

/** Every table of every schema as text; bytes come out as hex. Partitions are read through their parents. */
async function dump(url: string): Promise<Place[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
         AND c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition`,
    );
    const places: Place[] = [];
    for (const { name } of rows) {
      const table = await client.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
      places.push({ name: `table ${name}`, text: table.rows.map(({ line }) => line).join('\n') });
    }
    return places;
  } finally {
    await client.end();
  }
}
