import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { newUuidV7, Secret } from '@app/kernel';
import { createLogger, Database, loadConfig, PlatformModule } from '@app/platform';
import { TokenCache, TokenCacheModule, type FetchOutcome, type FetchToken, type TokenRequest } from '@app/token-cache';
import { ScheduleModule } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import { createDataSource } from '../../../apps/server/src/data-source';
import { TokenJobs } from '../../../libs/token-cache/src/jobs/token.jobs';
import { UpstreamTokenRepository } from '../../../libs/token-cache/src/persistence/upstream-token.repository';
import { TokenMemory } from '../../../libs/token-cache/src/token-memory';
import { TokenStore } from '../../../libs/token-cache/src/token-store';

const KEK = randomBytes(32).toString('base64');

/** One process's token cache, with its ticks, over a database that other replicas share. */
export interface Replica {
  cache: TokenCache;
  database: Database;
  store: UpstreamTokenRepository;
  memory: TokenMemory;
  jobs: TokenJobs;
  logged: string[];
  close(): Promise<void>;
}

export async function startReplica(
  url: string,
  fetchToken: FetchToken | null,
  { role = 'all', ticks = true, poolSize = 4 } = {},
): Promise<Replica> {
  const config = loadConfig({ DATABASE_URL: url, COUNTERSIGN_KEK: KEK, COUNTERSIGN_ROLE: role });
  const logged: string[] = [];
  const log = createLogger('debug', { write: (line) => logged.push(line) });
  const dataSource = await createDataSource(url, poolSize, 3_000).initialize();
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot({ config, log, dataSource }),
      ...(ticks ? [ScheduleModule.forRoot()] : []),
      TokenCacheModule,
    ],
  }).compile();
  const app = await module.init();
  const cache = app.get(TokenCache);
  if (fetchToken) cache.bind(fetchToken);
  return {
    cache,
    database: app.get(Database),
    store: app.get<TokenStore>(TokenStore) as UpstreamTokenRepository,
    memory: app.get(TokenMemory),
    jobs: app.get(TokenJobs),
    logged,
    close: () => app.close(),
  };
}

export const aRequest = (request: Partial<TokenRequest> = {}): TokenRequest => ({
  accountId: newUuidV7(new Date()),
  credentialVersion: 1,
  scopes: ['sessions:app'],
  ...request,
});

/** Issues tokens that say who asked and how often; may be told to do otherwise for the next. */
export class Upstream {
  readonly asked: TokenRequest[] = [];
  readonly issued = new Set<string>();
  readonly next: (() => Promise<FetchOutcome>)[] = [];
  isDown = false;

  constructor(
    public lifeSeconds = 3_600,
    private readonly latencyMs = 30,
  ) {}

  readonly fetch: FetchToken = async (request) => {
    this.asked.push(request);
    const scripted = this.next.shift();
    if (scripted) return scripted();
    await sleep(this.latencyMs);
    return this.isDown ? { outcome: 'failed', cause: 'unreachable' } : this.issue();
  };

  issue(): FetchOutcome {
    const text = `upstream-token-${this.asked.length}-${randomBytes(12).toString('hex')}`;
    this.issued.add(text);
    return { outcome: 'issued', token: { accessToken: new Secret(text), expiresInSeconds: this.lifeSeconds } };
  }
}

/** Waits until `isSo`, for as long as a loaded machine may take. */
export async function eventually(isSo: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > until) throw new Error('It did not come to that');
    await sleep(20);
  }
}
