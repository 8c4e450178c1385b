import { encodeId, newUuidV7 } from '@app/kernel';
import { OPERATOR_ROLES } from '@app/platform';
import { bearer } from '../support/api';
import { Calls } from '../support/calls';
import { ConsoleClient, demoOperator, serviceAccount } from '../support/console';
import { ApiDescription } from '../support/openapi';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';

jest.setTimeout(120_000);

type Json = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface Operation {
  readonly 'x-least-role'?: string;
  readonly 'x-of-all-merchants'?: true;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: object;
}

/** A call of a route that nobody means well. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const LONG = 'x'.repeat(10_000);
const TEXTS = [
  LONG,
  '\u0000',
  'a\u0000b',
  '\ud800',
  '<script>alert(1)</script>',
  "' OR 1=1 --",
  '%',
  '../../etc/passwd',
];
const NUMBERS = [-1, 0.5, 1e308, Number.MAX_SAFE_INTEGER + 2];
const VALUES: readonly unknown[] = [...TEXTS, ...NUMBERS, null, true, [], {}, [[]], { toString: 'x' }];
/** As text, because a parser would take `__proto__` for what it is. */
const BODIES = [
  '[]',
  'null',
  '"text"',
  '{',
  '{"__proto__":{"role":"admin"},"constructor":{"prototype":{}}}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
];
const FILTERS = [
  LONG,
  '{',
  '[]',
  'null',
  '{"__proto__":{"eq":"x"}}',
  '{"constructor":"x"}',
  '{"id":{"$where":"1"}}',
  JSON.stringify({ merchant_id: '\u0000', id: [], name: { contains: LONG } }),
  JSON.stringify(Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`m${at}`, at]))),
];
const CURSORS = [
  LONG,
  'AAAA',
  Buffer.from('[]').toString('base64url'),
  Buffer.from(JSON.stringify(['-created_at', 0, '\u0000', newUuidV7(new Date(0))])).toString('base64url'),
  Buffer.from(JSON.stringify(['-created_at', 0, '9'.repeat(40), 'x'])).toString('base64url'),
];

let product: Product;
let admin: ConsoleClient;
/** What the second merchant has: nobody who has the first one only may see any of it. */
let foreign: { readonly merchant: string; readonly session: string; readonly reference: string };
let ours: string;

beforeAll(async () => {
  product = await startProduct();
  admin = await demoOperator(product);
  const [first, second] = product.demo.merchants as [DemoMerchant, DemoMerchant];
  ours = (await opened(first, 'ORD-1')).merchant;
  const reference = '<img src=x onerror=alert(1)>"\'';
  foreign = { ...(await opened(second, reference)), reference };
}, 120_000);

afterAll(() => product.stop());

async function opened(demo: DemoMerchant, reference: string): Promise<{ merchant: string; session: string }> {
  const session = String(
    (await new Calls(product, await bearer(product, demo)).open('4485040371536584', { reference }))['id'],
  );
  const [owner] = await rows<{ merchant: string }>(
    product,
    'SELECT merchant_id AS merchant FROM session WHERE id = $1',
    [uuidOf(session)],
  );
  return { session, merchant: encodeId('merchant', owner?.merchant ?? '') };
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The routes of the document that anybody may be after; those of one's own session would end it. */
function operations(): Route[] {
  const paths = ApiDescription.ofAdmin().document['paths'] as Record<string, Record<string, Operation>>;
  return Object.entries(paths)
    .flatMap(([path, item]) =>
      Object.entries(item).map(([verb, operation]) => ({
        method: verb.toUpperCase(),
        path: path.replace('/admin/api/', ''),
        operation,
      })),
    )
    .filter(({ path }) => !path.startsWith('auth/'));
}

function* callsOf({ method, path, operation }: Route): Generator<Call> {
  const ids = path.includes('{') ? ['a'.repeat(150), '%00', '..%2f..', '__proto__', foreign.session] : ['-'];
  const at = (id: string): string => path.replace(/\{\w+\}/g, id);
  for (const id of ids) yield { method, path: at(id), ...(method === 'GET' ? {} : { body: {} }) };
  const own = at(foreign.session);
  const takes = new Set((operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name));
  const query = (name: string, value: string): Call => ({
    method,
    path: `${own}?${new URLSearchParams({ [name]: value }).toString()}`,
  });
  if (takes.has('filter')) for (const filter of FILTERS) yield query('filter', filter);
  if (takes.has('filter')) yield query('filter', JSON.stringify({ merchant_id: foreign.merchant }));
  if (takes.has('after')) for (const cursor of CURSORS) yield query('after', cursor);
  for (const name of takes) for (const value of [LONG, '\u0000', '-1', '__proto__']) yield query(name, value);
  if (!operation.requestBody) return;
  for (const body of BODIES) yield { method, path: own, body };
  for (const name of membersOf(operation.requestBody))
    for (const value of VALUES) yield { method, path: own, body: { [name]: value } };
}

/** The members of a route's body, by its schema. */
function membersOf(requestBody: object): string[] {
  const name = /schemas\/(\w+)/.exec(JSON.stringify(requestBody))?.[1] ?? '';
  return Object.keys((ApiDescription.ofAdmin().schemas[name]?.['properties'] as Json | undefined) ?? {});
}

/** Whom a call is made as, and what is right for them. */
interface Caller {
  readonly client: ConsoleClient;
  /** None: whatever is no fault of the server. */
  readonly statuses?: readonly number[];
  /** Whether the second merchant is theirs, too. */
  readonly hasAll?: boolean;
}

/** What is wrong with what a call was answered; the client itself holds every answer to the document. */
async function complaints({ client, statuses, hasAll = false }: Caller, call: Call): Promise<string[]> {
  const { status, body } = await client.call(call.method, call.path, call.body);
  const told = JSON.stringify(body);
  const place = `${call.method} ${call.path.slice(0, 120)} ${JSON.stringify(call.body ?? null).slice(0, 120)}`;
  const codes = (body['error_codes'] ?? []) as unknown as string[];
  const says = (text: string): boolean => !hasAll && told.includes(text);
  return [
    ...(status >= 500 ? [`${place}: ${status}`] : []),
    ...(statuses === undefined || statuses.includes(status) ? [] : [`${place}: ${status} for a stranger`]),
    ...(status === 422 && codes.length === 0 ? [`${place}: names no field`] : []),
    // The audit log repeats what callers themselves have asked for, such as the filter of an export.
    ...(says(foreign.merchant) && !call.path.startsWith('audit') ? [`${place}: tells of another merchant`] : []),
    ...(says(JSON.stringify(foreign.reference).slice(1, -1)) ? [`${place}: tells another's reference`] : []),
  ];
}

async function findings(caller: Caller, calls: readonly Call[]): Promise<string[]> {
  const found: string[] = [];
  const next = calls.values();
  const worker = async (): Promise<void> => {
    for (const call of next) found.push(...(await complaints(caller, call)));
  };
  await Promise.all(Array.from({ length: 6 }, () => worker()));
  return found;
}

it('tells a stranger nothing, whatever they send', async () => {
  const calls = operations()
    .flatMap((one) => [...callsOf(one)])
    .filter((_, at) => at % 8 === 1);
  // A body that cannot be read, and an address that is none, are refused before anybody asks who it is.
  const stranger = { client: new ConsoleClient(product), statuses: [400, 401, 404, 413, 415] };

  expect(calls.length).toBeGreaterThan(100);
  expect(await findings(stranger, calls)).toEqual([]);
});

// Whoever may least is let in far enough to be read; what more they may not is for the matrix of roles.
it.each(OPERATOR_ROLES)('breaks nothing and tells of nobody else by what a %s of one merchant may', async (role) => {
  const { client } = await serviceAccount(product, admin, { role, merchant_ids: [ours] });
  const theirs = operations().filter(
    ({ operation }) => operation['x-least-role'] === role && operation['x-of-all-merchants'] !== true,
  );

  expect(theirs.length).toBeGreaterThan(0);
  expect(
    await findings(
      { client },
      theirs.flatMap((one) => [...callsOf(one)]),
    ),
  ).toEqual([]);
});

it('breaks nothing by what takes an admin of all merchants', async () => {
  const { client } = await serviceAccount(product, admin, { role: 'admin', all_merchants: true });
  const theirs = operations().filter(({ operation }) => operation['x-of-all-merchants'] === true);

  expect(theirs.length).toBeGreaterThan(5);
  expect(
    await findings(
      { client, hasAll: true },
      theirs.flatMap((one) => [...callsOf(one)]),
    ),
  ).toEqual([]);
});
