import type { Environment } from '@app/authentication-port';
import { CardRangeIndex } from '@app/emv3ds';
import type { DirectoryServerId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DirectoryServerRepository } from '../persistence/directory-server.repository';
import type { KnownDirectoryServer } from '../scheme.choice';
import type { DirectoryServer } from './directory-server';

interface Held {
  server: DirectoryServer;
  index: CardRangeIndex;
  known: KnownDirectoryServer;
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
      const index =
        former?.server.revision === server.revision
          ? former.index
          : new CardRangeIndex(await this.repository.findRanges(server));
      next.set(key, hold(server, index));
    }
    this.held = next;
    this.read = true;
  }
}

function hold(server: DirectoryServer, index: CardRangeIndex): Held {
  const { id, url, dsStartVersion, dsEndVersion, rangesLoadedAt } = server;
  const known = {
    id,
    url,
    loaded: rangesLoadedAt !== null,
    dsDefault: {
      ...(dsStartVersion === null ? {} : { dsStart: dsStartVersion }),
      ...(dsEndVersion === null ? {} : { dsEnd: dsEndVersion }),
    },
    find: (digits: string) => index.find(digits),
  };
  return { server, index, known };
}
