/** An account, and an outside world that answers as told, for this lib's specs. */
import type { ConnectorAccountView } from '@app/credentials';
import { Secret } from '@app/kernel';
import { createLogger, Metrics, OutboundFailure, type OutboundHttp, type OutboundRequest } from '@app/platform';
import type { TokenCache, TokenRequest, UpstreamToken } from '@app/token-cache';
import { AccountLinks } from '../account-links';
import { CheckoutClient } from '../checkout.client';
import { ACCOUNT_ID } from './attempt';

export function anAccount(over: Partial<ConnectorAccountView> = {}): ConnectorAccountView {
  return {
    id: ACCOUNT_ID,
    merchantId: '019a0000-0000-7000-8000-000000000002',
    environment: 'test',
    connector: 'checkout',
    name: 'Account',
    apiBaseUrl: 'https://api.example',
    tokenUrl: 'https://access.example/connect/token',
    scopes: ['sessions:browser'],
    status: 'active',
    upstreamProcessingChannelId: null,
    credentialVersion: 1,
    credentials: [{ clientId: 'ack_1', clientSecret: new Secret('secret') }],
    webhookKeys: [],
    ...over,
  };
}

/** An answer, or how the call fails. */
export type Scripted =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { fails: OutboundFailure['reason']; requestSent: boolean };

/** Gives the scripted answers in order, the last one for ever. */
export class ScriptedHttp {
  readonly requests: OutboundRequest[] = [];

  constructor(private readonly script: readonly Scripted[]) {}

  async request(request: OutboundRequest): ReturnType<OutboundHttp['request']> {
    const answer = this.script[Math.min(this.requests.length, this.script.length - 1)];
    this.requests.push(request);
    if (!answer) throw new Error('Nothing is scripted');
    if ('fails' in answer) throw new OutboundFailure(answer.fails, answer.requestSent);
    const { status, body = '', headers = {} } = answer;
    return {
      status,
      headers,
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      latencyMs: 1,
    };
  }
}

/** Gives tokens with rising numbers; one that was rejected is not given again. */
export class CountingTokens {
  sequence = 1;
  readonly rejected: number[] = [];
  fails: Error | null = null;

  async token(_request: TokenRequest): Promise<UpstreamToken> {
    if (this.fails) throw this.fails;
    const { sequence } = this;
    return { accessToken: new Secret(`token-${sequence}`), sequence, expiresAt: new Date(8.64e15) };
  }

  async invalidate(_request: TokenRequest, sequence: number): Promise<void> {
    this.rejected.push(sequence);
    this.sequence += 1;
  }
}

export function aClient(...script: Scripted[]): {
  client: CheckoutClient;
  http: ScriptedHttp;
  tokens: CountingTokens;
  links: AccountLinks;
} {
  const http = new ScriptedHttp(script);
  const tokens = new CountingTokens();
  const metrics = new Metrics();
  const links = new AccountLinks(metrics);
  const client = new CheckoutClient(
    http as unknown as OutboundHttp,
    tokens as unknown as TokenCache,
    links,
    metrics,
    createLogger('silent'),
  );
  return { client, http, tokens, links };
}
