import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeId, Secret, type Clock } from '@app/kernel';
import { CryptoBox, LOG, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import type { AccessKey } from './domain/model';
import { AccessKeyRepository } from './persistence/access-key.repository';
import { RecentCache } from './recent-cache';
import { UseNotes } from './use-notes';

/** How long a replica may go on without asking; with the length of a query it stays below the promised 5 s. */
export const STATE_MAX_AGE_MS = 3_000;
/** Compared against when there is no such key, so that both answers take the same work. */
const NO_KEY = { key: new Secret(Buffer.alloc(32)), mac: Buffer.alloc(32) };

interface AccessKeyState {
  readonly info: AccessKey;
  /** Neither ended nor of a suspended merchant; at most 3 s old. */
  readonly welcome: boolean;
  readonly macKey: Secret<Buffer>;
  readonly secretMac: Buffer;
}

/** The AAD of an access key's own hashing key. */
export const macKeyContext = (accessKeyId: string): string => `access_key.mac_key:${accessKeyId}`;

/** The keyed hash of a client secret: secrets are 256 random bits, so one fast hash is enough (argon2 is for people). */
export function macOfSecret(macKey: Secret<Buffer>, secret: string): Buffer {
  return createHmac('sha256', macKey.expose()).update(secret).digest();
}

/** Who may ask for tokens and use them: the state of access keys, at most 3 s old. */
@Injectable()
export class AccessKeys {
  private readonly states: RecentCache<AccessKeyState | null>;
  private readonly uses: UseNotes;

  constructor(
    private readonly repository: AccessKeyRepository,
    private readonly box: CryptoBox,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.states = new RecentCache(clock, (id) => this.load(id), STATE_MAX_AGE_MS);
    this.uses = new UseNotes(
      clock,
      (id, at) => repository.touch(id, at),
      (error, accessKeyId) => this.log.warn({ err: error, accessKeyId }, 'use of an access key not noted'),
    );
  }

  /**
   * The key that these client credentials belong to, or null when they are wrong, the key is revoked or the merchant
   * suspended: the caller cannot tell which.
   * @param clientId wire id, `ack_…`
   */
  async authenticate(clientId: string, clientSecret: string): Promise<AccessKey | null> {
    const id = decodeId('accessKey', clientId);
    const state = id === null ? null : await this.states.get(id);
    const mac = macOfSecret(state?.macKey ?? NO_KEY.key, clientSecret);
    const matches = timingSafeEqual(mac, state?.secretMac ?? NO_KEY.mac);
    if (!state || !matches || !state.welcome) return null;
    this.uses.note(state.info.id);
    return state.info;
  }

  /** The key when it is still welcome, else null. `id` is a UUID. Waits only when nothing fresh is in memory. */
  async findWelcome(id: string): Promise<AccessKey | null> {
    const state = this.states.peek(id) ?? (await this.states.get(id));
    return state?.welcome ? state.info : null;
  }

  /** Forgets what is in memory: a change made by this process counts at once. */
  forget(): void {
    this.states.clear();
  }

  private async load(id: string): Promise<AccessKeyState | null> {
    const row = await this.repository.findWithMerchant(id);
    if (!row) return null;
    const { macKeySealed, secretMac, merchantStatus, ...info } = row;
    return {
      info,
      welcome: (info.revokedAt === null || info.revokedAt > this.clock.now()) && merchantStatus === 'active',
      macKey: new Secret(this.box.open(macKeySealed, macKeyContext(id))),
      secretMac,
    };
  }
}
