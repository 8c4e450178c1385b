/** The cache of one process over a store that others may share, with a scripted upstream. */
import { FixedClock, Secret } from '@app/kernel';
import { createLogger, Metrics } from '@app/platform';
import type { FetchOutcome, TokenRequest } from '../token-cache.types';
import { TokenCache } from '../token-cache.service';
import { TokenFetcher } from '../token-fetcher';
import { TokenMemory } from '../token-memory';
import { TokenRenewal } from '../token-renewal';
import type { TokenStore } from '../token-store';
import { NOW } from './a-token-row';

export const ACCOUNT = '018f0000-0000-7000-8000-000000000001';

export const aRequest = (request: Partial<TokenRequest> = {}): TokenRequest => ({
  accountId: ACCOUNT,
  credentialVersion: 1,
  scopes: ['sessions:app', 'sessions:browser'],
  ...request,
});

/** Answers what it is told to, else with a new token of an hour. */
export class ScriptedUpstream {
  readonly asked: TokenRequest[] = [];
  /** Given out one by one. */
  readonly script: (FetchOutcome | Promise<FetchOutcome> | Error)[] = [];
  /** When there is no script. */
  always: FetchOutcome | null = null;
  expiresInSeconds = 3_600;

  readonly fetch = async (request: TokenRequest): Promise<FetchOutcome> => {
    this.asked.push(request);
    const next = this.script.shift();
    if (next instanceof Error) throw next;
    return next ?? this.always ?? this.issue();
  };

  issue(text = `token ${this.asked.length}`): FetchOutcome {
    return {
      outcome: 'issued',
      token: { accessToken: new Secret(text), expiresInSeconds: this.expiresInSeconds },
    };
  }

  /** The next answer comes when it is told to. */
  hang(): (outcome: FetchOutcome) => void {
    let answer: (outcome: FetchOutcome) => void = () => undefined;
    this.script.push(new Promise((resolve) => (answer = resolve)));
    return answer;
  }
}

export interface Replica {
  cache: TokenCache;
  renewal: TokenRenewal;
  memory: TokenMemory;
  logged: string[];
  /** A metric's value, of these labels. */
  metric(name: string, labels?: string): Promise<number>;
}

export const aClock = (): FixedClock => new FixedClock(new Date(NOW));

/** Waiting moves the clock and takes no time. */
export function aReplica(store: TokenStore, upstream: ScriptedUpstream | null, clock: FixedClock): Replica {
  const metrics = new Metrics();
  const logged: string[] = [];
  const log = createLogger('trace', { write: (line) => logged.push(line) });
  const pause = (ms: number): Promise<void> => {
    clock.advance(ms);
    return new Promise((resolve) => setImmediate(resolve));
  };
  const memory = new TokenMemory();
  const fetcher = new TokenFetcher(store, clock, log, metrics);
  const renewal = new TokenRenewal(memory, store, fetcher, clock, pause, log, metrics);
  const cache = new TokenCache(memory, store, renewal, fetcher, clock, pause, metrics);
  if (upstream) cache.bind(upstream.fetch);
  return {
    cache,
    renewal,
    memory,
    logged,
    metric: async (name, labels = '') => {
      const { text } = await metrics.render();
      const line = text.split('\n').find((each) => each.startsWith(`countersign_${name}${labels} `));
      return Number(line?.split(' ').at(-1) ?? 0);
    },
  };
}
