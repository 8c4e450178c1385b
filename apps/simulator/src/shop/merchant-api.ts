/** The merchant's backend talking to the Sessions API: token, call, and what came back, timed. */
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CountersignError, Secret, type Clock } from '@app/kernel';
import { Agent, request } from 'undici';
import { CLOCK } from '../config';
import { isRecord } from '../http/body';
import { DemoMerchantFile, type DemoMerchant } from './demo-merchant';

/** One call as the shop's page shows it. `body` is null where the answer had none. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  readonly body: unknown;
}

interface Token {
  readonly value: Secret;
  readonly expiresAt: number;
}

/** The API answers within 8 s; its SDKs give up at 10. */
const TIMEOUT_MS = 10_000;
/** A token this close to its end is renewed. */
const MARGIN_MS = 30_000;
const SCOPE = 'sessions:app sessions:browser';

/** Calls the API as one of the demo merchants. */
@Injectable()
export class MerchantApi implements OnModuleDestroy {
  private readonly agent = new Agent({ headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  /** By client id. */
  private readonly tokens = new Map<string, Token>();

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly merchants: DemoMerchantFile,
  ) {}

  /**
   * One call as the merchant of that channel (default: the first) with its token, renewed once when it is refused. Answers of
   * any status are returned; throws `api_unreachable` where there was none.
   */
  async call(
    channelId: string | undefined,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: Record<string, unknown>,
  ): Promise<ApiCall> {
    const merchant = await this.merchants.get(channelId);
    const first = await this.send(merchant, method, path, body);
    if (first.status !== 401) return first;
    this.tokens.delete(merchant.clientId);
    return this.send(merchant, method, path, body);
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }

  private async send(merchant: DemoMerchant, method: ApiCall['method'], path: string, body: unknown): Promise<ApiCall> {
    const token = await this.getToken(merchant);
    const started = performance.now();
    const answer = await this.exchange(merchant.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${token.expose()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { method, path, status: answer.status, ms: Math.round(performance.now() - started), body: answer.body };
  }

  private async getToken(merchant: DemoMerchant): Promise<Secret> {
    const now = this.clock.now().getTime();
    const known = this.tokens.get(merchant.clientId);
    if (known && known.expiresAt - MARGIN_MS > now) return known.value;
    const answer = await this.exchange(merchant.tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: merchant.clientId,
        client_secret: merchant.clientSecret.expose(),
        scope: SCOPE,
      }).toString(),
    });
    const { body } = answer;
    if (!isRecord(body) || typeof body['access_token'] !== 'string' || typeof body['expires_in'] !== 'number') {
      throw new CountersignError('unavailable', ['token_refused'], `The token endpoint answered ${answer.status}`);
    }
    const expiresAt = now + body['expires_in'] * 1000;
    const value = new Secret(body['access_token']);
    this.tokens.set(merchant.clientId, { value, expiresAt });
    return value;
  }

  private async exchange(
    url: string,
    options: { method: string; headers: Record<string, string>; body?: string },
  ): Promise<{ status: number; body: unknown }> {
    try {
      const response = await request(url, {
        ...options,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { status: response.statusCode, body: parse(await response.body.text()) };
    } catch (cause) {
      throw new CountersignError('unavailable', ['api_unreachable'], 'The Sessions API does not answer', { cause });
    }
  }
}

/** JSON, or the text itself where it is not JSON: the page shows what came. */
function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
