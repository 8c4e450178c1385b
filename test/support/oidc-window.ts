/** A browser's part in signing in through a provider, without one: keeps cookies by name, follows nothing by itself. */
import { watchSecret } from './leaks';
import { ConsoleClient } from './console';
import type { Body } from './api';
import type { Product } from './product';

/** What a return led to. */
export interface ComeBack {
  readonly status: number;
  /** Below the console. */
  readonly page: string | null;
  readonly cookies: readonly string[];
  /** Signed in, where that is so. */
  readonly client: ConsoleClient | null;
}

export class OidcWindow {
  readonly cookies = new Map<string, string>();

  constructor(private readonly product: Pick<Product, 'apiUrl'>) {}

  /** Begins to sign in; gives the address at the provider. */
  async begin(): Promise<string> {
    const response = await fetch(`${this.product.apiUrl}/admin/api/auth/oidc/begin`, { method: 'POST' });
    this.keep(response);
    return String(((await response.json()) as Body)['authorization_url']);
  }

  /** Goes to the address that the provider has sent the browser back to. */
  async comeBack(url: URL | string, headers: Record<string, string> = {}): Promise<ComeBack> {
    const response = await fetch(url, { redirect: 'manual', headers: { ...this.sent(), ...headers } });
    this.keep(response);
    await response.text();
    const location = response.headers.get('location');
    const home = `${this.product.apiUrl}/admin/`;
    return {
      status: response.status,
      page: location?.startsWith(home) ? location.slice(home.length) : location,
      cookies: response.headers.getSetCookie(),
      client: await this.client(),
    };
  }

  /** Shows a second factor of ours. */
  async showFactor(factor: object): Promise<{ status: number; codes: unknown; client: ConsoleClient | null }> {
    const response = await fetch(`${this.product.apiUrl}/admin/api/auth/oidc/second-factor`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.sent() },
      body: JSON.stringify(factor),
    });
    this.keep(response);
    const text = await response.text();
    const codes = text === '' ? null : (JSON.parse(text) as Body)['error_codes'];
    return { status: response.status, codes, client: await this.client() };
  }

  private sent(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return cookie === '' ? {} : { cookie };
  }

  private keep({ headers }: Response): void {
    for (const line of headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '') this.cookies.delete(name);
      else {
        watchSecret(value);
        this.cookies.set(name, value);
      }
    }
  }

  private async client(): Promise<ConsoleClient | null> {
    const secret = this.cookies.get('countersign_session');
    if (secret === undefined) return null;
    const client = new ConsoleClient(this.product);
    client.cookie = `countersign_session=${secret}`;
    client.csrf = String((await client.get('auth/me')).body['csrf_token']);
    return client;
  }
}
