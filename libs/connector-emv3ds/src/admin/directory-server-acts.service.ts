import type { Environment } from '@app/authentication-port';
import type { CardRange } from '@app/emv3ds';
import { DIRECTORY_SERVERS, NotFound, type Clock, type DirectoryServerId } from '@app/kernel';
import { AUDIT_SINK, CLOCK, type AdminActor, type AuditSink } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CardRanges } from '../card-ranges/card-ranges';
import type { DirectoryServer } from '../card-ranges/directory-server';
import { figuresOf, type CallFigures, type ServerCertificate } from '../health/server-health';
import { DirectoryServerHealthRepository } from '../persistence/directory-server-health.repository';
import { DirectoryServerRepository } from '../persistence/directory-server.repository';

/** A directory server, how many ranges it has published, and how it has been answering. */
export type CountedServer = DirectoryServer & {
  readonly rangeCount: number;
  readonly lastHour: CallFigures;
  readonly lastDay: CallFigures;
  /** Null where none was seen: over `http://`, or before the first connection. */
  readonly certificate: ServerCertificate | null;
};

/** What a directory server says of a card; `range` is null where it has none for it. */
export interface LookedUp {
  readonly server: DirectoryServer;
  readonly range: CardRange | null;
}

/** Digits of a card number that is looked up by its beginning. */
const FULL_LENGTH = 16;

/** What operators see of directory servers and do to them. They are the whole installation's. */
@Injectable()
export class DirectoryServerActs {
  constructor(
    private readonly repository: DirectoryServerRepository,
    private readonly health: DirectoryServerHealthRepository,
    private readonly ranges: CardRanges,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(): Promise<CountedServer[]> {
    const [servers, counts, calls, certificates] = await Promise.all([
      this.repository.list(),
      this.repository.countRanges(),
      this.health.counts(),
      this.health.certificates(),
    ]);
    return servers.map((server) => {
      const wireId = wireIdOf(server);
      const own = calls.filter((count) => wireIdOf(count) === wireId);
      return {
        ...server,
        rangeCount: counts.get(wireId) ?? 0,
        lastHour: figuresOf(own, 'lastHour'),
        lastDay: figuresOf(own, 'lastDay'),
        certificate: certificates.find((one) => wireIdOf(one) === wireId) ?? null,
      };
    });
  }

  /** @throws NotFound */
  async get(wireId: string): Promise<CountedServer> {
    const server = (await this.list()).find((one) => wireIdOf(one) === wireId);
    if (!server) throw new NotFound('directory_server');
    return server;
  }

  /**
   * Makes a server due, so that the next tick of a worker, within five seconds, asks it.
   * @throws NotFound
   */
  async refresh(actor: AdminActor, wireId: string, reason: string | null): Promise<CountedServer> {
    const key = keyIn(wireId);
    const server = key && (await this.repository.find(key));
    if (!server) throw new NotFound('directory_server');
    await this.repository.transaction(async (tx) => {
      await this.repository.makeDue(server, tx);
      const act = 'directory_server.refresh_asked';
      await this.audit.record({ at: this.clock.now(), by: actor, act, subject: wireId, merchantId: null, reason }, tx);
    });
    return this.get(wireId);
  }

  /** What each directory server of an environment says of a card number, or of the lowest one with this beginning. */
  lookUp(environment: Environment, digits: string): LookedUp[] {
    const number = digits.length < 13 ? digits.padEnd(FULL_LENGTH, '0') : digits;
    return this.ranges
      .servers()
      .filter((server) => server.environment === environment)
      .map((server) => ({ server, range: this.ranges.find(environment, server.id)?.find(number) ?? null }));
  }
}

/** `test-visa` */
export const wireIdOf = ({ environment, id }: Pick<DirectoryServer, 'environment' | 'id'>): string =>
  `${environment}-${id}`;

function keyIn(wireId: string): { environment: Environment; id: DirectoryServerId } | null {
  const environment = (['test', 'live'] as const).find((one) => wireId.startsWith(`${one}-`));
  const id = DIRECTORY_SERVERS.find((one) => environment !== undefined && wireId === `${environment}-${one}`);
  return environment && id ? { environment, id } : null;
}
