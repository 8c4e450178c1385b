/** A client of the admin API, as the console in a browser is one: keeps the cookie, sends the CSRF token. */
import { cardsShownIn, watchSecret } from './leaks';
import type { Answer, Body } from './api';
import { ApiDescription } from './openapi';
import type { Product } from './product';

type Server = Pick<Product, 'apiUrl'>;

/** Members of answers that are shown once and must be nowhere afterwards. */
const SHOWN_ONCE = ['client_secret', 'access_token', 'invitation_token', 'totp_secret', 'webhook_secret'];

/** What is sent beside the body; undefined leaves out what would be sent otherwise. */
type Headers_ = Record<string, string | undefined>;

export class ConsoleClient {
  cookie: string | null = null;
  csrf: string | null = null;

  /** @param token in place of a cookie */
  constructor(
    private readonly server: Server,
    private readonly token: string | null = null,
  ) {}

  /** Signs in; the answer's status is 204 when that went well. */
  async signIn(email: string, password: string, factor: object = {}, headers: Headers_ = {}): Promise<Answer> {
    watchSecret(password);
    const answer = await this.post('auth/sign-in', { email, password, ...factor }, headers);
    if (answer.status === 204) this.csrf = String((await this.get('auth/me')).body['csrf_token']);
    return answer;
  }

  get(path: string, headers: Headers_ = {}): Promise<Answer> {
    return this.call('GET', path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers: Headers_ = {}): Promise<Answer> {
    return this.call('POST', path, body, headers);
  }

  /** One call below `/admin/api/`. */
  async call(method: string, path: string, body?: unknown, headers: Headers_ = {}): Promise<Answer> {
    const sent: Headers_ = {
      ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
      ...(this.cookie === null ? {} : { cookie: this.cookie }),
      ...(this.csrf === null ? {} : { 'x-csrf-token': this.csrf }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const response = await fetch(`${this.server.apiUrl}/admin/api/${path}`, {
      method,
      headers: Object.fromEntries(Object.entries(sent).filter((entry): entry is [string, string] => !!entry[1])),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    this.keepCookie(response);
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    assertNoCards(method, path, text);
    // A file is told as it is.
    const answer = (text === '' ? {} : isJson ? JSON.parse(text) : { text }) as Body;
    for (const name of SHOWN_ONCE) if (typeof answer[name] === 'string') watchSecret(answer[name]);
    const { hosted_url: link } = answer as { hosted_url?: unknown };
    if (typeof link === 'string') watchSecret(link.slice(-43));
    for (const code of answer['recovery_codes'] ?? []) watchSecret(String(code));
    const { status, headers: answered } = response;
    assertDescribed(method, path, { status, headers: answered, body: answer });
    return { status, headers: answered, body: answer };
  }

  private keepCookie({ headers }: Response): void {
    const [pair = ''] = headers.getSetCookie()[0]?.split(';') ?? [];
    if (pair === '') return;
    const secret = pair.slice(pair.indexOf('=') + 1);
    this.cookie = secret === '' ? null : pair;
    if (secret !== '') watchSecret(secret);
  }
}

/** The one answer with whole card numbers: those of the simulator, which are published. */
const PUBLISHED = 'simulator';

function assertNoCards(method: string, path: string, text: string): void {
  const cards = path === PUBLISHED ? [] : cardsShownIn(text);
  if (cards.length > 0) throw new Error(`Whole card numbers in the answer to ${method} ${path}: ${cards.join(', ')}`);
}

/** Whatever any test is answered must be what the document of the admin API promises. */
function assertDescribed(method: string, path: string, answer: Answer): void {
  const api = ApiDescription.ofAdmin();
  const found = api.pathOf(`/admin/api/${path}`);
  // What there is not, nobody described.
  if (found === null && answer.status === 404) return;
  const faults = api.faults(method, found ?? path, answer);
  if (faults.length === 0) return;
  throw new Error(
    `An answer is not what the OpenAPI document says. Mend it, or the *.description.ts beside its controller:\n${faults.join('\n')}`,
  );
}

/** The demo's operator, signed in. */
export async function demoOperator(product: Product): Promise<ConsoleClient> {
  const client = new ConsoleClient(product);
  const { status } = await client.signIn(product.demo.consoleEmail, product.demo.consolePassword);
  if (status !== 204) throw new Error(`The demo operator cannot sign in: ${status}`);
  return client;
}

/** Somebody new, with a password, signed in. `grant` is a role and merchants. */
export async function inviteAndSignIn(
  product: Product,
  email: string,
  password: string,
  grant: object,
): Promise<ConsoleClient> {
  const admin = await demoOperator(product);
  const { body: invited } = await admin.post('operators', { email, name: email, ...grant });
  const client = new ConsoleClient(product);
  await client.post('auth/invitations/accept', { token: invited['invitation_token'], password });
  const { status } = await client.signIn(email, password);
  if (status !== 204) throw new Error(`${email} cannot sign in: ${status}`);
  return client;
}

/** A new service account: what it is, how it asks for tokens, and a client with one. */
export async function serviceAccount(
  product: Product,
  admin: ConsoleClient,
  grant: object,
): Promise<{
  account: Body;
  token: string;
  client: ConsoleClient;
  credentials: (change?: object) => Promise<{ status: number; body: Body }>;
}> {
  const { body: account } = await admin.post('service-accounts', { name: 'A program', ...grant });
  const credentials = async (change: object = {}): Promise<{ status: number; body: Body }> => {
    const form = {
      grant_type: 'client_credentials',
      client_id: String(account['client_id']),
      client_secret: String(account['client_secret']),
      ...change,
    };
    const response = await fetch(`${product.apiUrl}/admin/api/auth/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const token = String((await credentials()).body['access_token']);
  watchSecret(token);
  return { account, token, client: new ConsoleClient(product, token), credentials };
}
