import type { Environment } from '@app/authentication-port';
import { CardRangeIndex } from '@app/emv3ds';
import type { DirectoryServerId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DirectoryServerRepository } from '../persistence/directory-server.repository';
import type { KnownDirectoryServer } from '../scheme.choice';
import type { DirectoryServer } from './directory-server';

interface Held {
  server: DirectoryServer;
  ranges: SearchableRanges;
  known: KnownDirectoryServer;
}

interface SearchableRanges {
  count: number;
  index: CardRangeIndex;
}

const keyOf = (environment: Environment, id: DirectoryServerId): string => `${environment}/${id}`;

/** Directory servers and their card ranges in this replica's memory. Readers see the old set or the new, never a mix. */
@Injectable()
export class CardRanges {
  private held: ReadonlyMap<string, Held> = new Map();
  private loading: Promise<void> | null = null;
  private read = false;

  constructor(private readonly repository: DirectoryServerRepository) {}

  /** The directory server as last read, or null when this environment has none of that id. */
  find(environment: Environment, id: DirectoryServerId): KnownDirectoryServer | null {
    return this.held.get(keyOf(environment, id))?.known ?? null;
  }

  /** Reads what changed since the last time. Callers at the same time share one reading. */
  async reload(): Promise<void> {
    this.loading ??= this.readChanges().finally(() => (this.loading = null));
    return this.loading;
  }

  /** Every directory server as last read. */
  servers(): DirectoryServer[] {
    return [...this.held.values()].map((held) => held.server);
  }

  /** Whether memory was filled, and every directory server was asked at least once, whatever came of it. */
  get isReady(): boolean {
    return this.read && this.servers().every((server) => server.lastAttemptAt !== null);
  }

  private async readChanges(): Promise<void> {
    const next = new Map<string, Held>();
    for (const server of await this.repository.list()) {
      const key = keyOf(server.environment, server.id);
      const former = this.held.get(key);
      const isSame = former?.server.revision === server.revision;
      next.set(key, hold(server, isSame ? former.ranges : await this.readRanges(server)));
    }
    this.held = next;
    this.read = true;
  }

  private async readRanges(server: DirectoryServer): Promise<SearchableRanges> {
    const ranges = await this.repository.findRanges(server);
    return { count: ranges.length, index: new CardRangeIndex(ranges) };
  }
}

function hold(server: DirectoryServer, ranges: SearchableRanges): Held {
  const { id, url, dsStartVersion, dsEndVersion, rangesLoadedAt } = server;
  const known = {
    id,
    url,
    // Without any range nothing can be said about a card (emv-3ds.md section 5.3, "no range data at all").
    loaded: rangesLoadedAt !== null && ranges.count > 0,
    dsDefault: {
      ...(dsStartVersion === null ? {} : { dsStart: dsStartVersion }),
      ...(dsEndVersion === null ? {} : { dsEnd: dsEndVersion }),
    },
    find: (digits: string) => ranges.index.find(digits),
  };
  return { server, ranges, known };
}
