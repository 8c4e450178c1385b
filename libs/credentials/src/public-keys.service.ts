import type { Clock } from '@app/kernel';
import { LOG, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { STATE_MAX_AGE_MS } from './access-keys.service';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { decodePublicKey, type PublicKey } from './domain/public-key';
import { PublicKeyRepository, type PublicKeyRow } from './persistence/public-key.repository';
import { RecentCache } from './recent-cache';
import { UseNotes } from './use-notes';

/** Which channel a page speaks for: the state of public keys, at most 3 s old. */
@Injectable()
export class PublicKeys {
  private readonly states: RecentCache<PublicKeyRow | null>;
  private readonly uses: UseNotes;

  constructor(
    repository: PublicKeyRepository,
    @Inject(CREDENTIALS_CLOCK) clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.states = new RecentCache(clock, (id) => repository.findWithMerchant(id), STATE_MAX_AGE_MS);
    this.uses = new UseNotes(
      clock,
      (id, at) => repository.touch(id, at),
      (error, publicKeyId) => this.log.warn({ err: error, publicKeyId }, 'use of a public key not noted'),
    );
  }

  /**
   * The key of that text (`pk_…`) for one who uses it, or null when there is none, it was revoked, or its merchant is
   * suspended.
   */
  async findWelcome(text: string): Promise<PublicKey | null> {
    const id = decodePublicKey(text);
    if (id === null) return null;
    const known = this.states.peek(id);
    const row = known === undefined ? await this.states.get(id) : known;
    if (row === null || row.revokedAt !== null || row.merchantStatus !== 'active') return null;
    this.uses.note(id);
    return row;
  }

  /** Forgets what is in memory: a change made by this process counts at once. */
  forget(): void {
    this.states.clear();
  }
}
