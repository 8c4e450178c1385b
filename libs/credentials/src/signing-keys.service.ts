import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { newUuidV7, type Clock } from '@app/kernel';
import { CryptoBox } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import type { SigningKeyInfo } from './domain/model';
import { SigningKeyRepository, type SigningKeyRow } from './persistence/signing-key.repository';
import { RecentCache } from './recent-cache';

/** Published this long before it signs: longer than anybody keeps the key set (its `max-age`, and our own memory). */
export const SIGNING_OVERLAP_MS = 5 * 60_000;
/** The longest token life, with the grace on `exp` and room for clocks that differ. */
const LONGEST_TOKEN_MS = 24 * 3_600_000 + 60_000;
const KEYS_MAX_AGE_MS = 30_000;
const ALL = 'all';

interface LoadedKey extends SigningKeyInfo {
  readonly publicJwk: JsonWebKey;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

interface LoadedKeys {
  /** The one that activates last first. */
  readonly keys: readonly LoadedKey[];
}

/** The AAD of a signing key's private part. */
export const privateContext = (kid: string): string => `signing_key.private:${kid}`;

/** The ES256 keys that sign our access tokens, and their rotation. Kept in memory for 30 s. */
@Injectable()
export class SigningKeys implements OnApplicationBootstrap {
  private readonly cache: RecentCache<LoadedKeys>;
  /** Imported keys by kid: a reload does not parse them again. */
  private readonly imported = new Map<string, Pick<LoadedKey, 'publicKey' | 'privateKey'>>();

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly box: CryptoBox,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {
    this.cache = new RecentCache(clock, () => this.load(), KEYS_MAX_AGE_MS);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.ensure();
  }

  /** Makes the first key when there is none; of any number of replicas at once, one makes it. */
  async ensure(): Promise<void> {
    if ((await this.repository.findPublished(this.clock.now())).length > 0) return;
    await this.repository.exclusively(async (tx) => {
      const now = this.clock.now();
      if ((await this.repository.findPublished(now, tx)).length === 0) {
        await this.repository.insert(tx, this.generate(now, now));
      }
    });
    this.cache.clear();
  }

  /** Makes a new key: published now, signing after the overlap; the others stay until their last token has ended. */
  async rotate(): Promise<SigningKeyInfo> {
    const now = this.clock.now();
    const activatesAt = new Date(now.getTime() + SIGNING_OVERLAP_MS);
    const key = this.generate(now, activatesAt);
    await this.repository.exclusively(async (tx) => {
      await this.repository.insert(tx, key);
      await this.repository.retireOthers(tx, key.kid, new Date(activatesAt.getTime() + LONGEST_TOKEN_MS));
    });
    this.cache.clear();
    return { kid: key.kid, createdAt: key.createdAt, activatesAt: key.activatesAt, retiresAt: key.retiresAt };
  }

  /** The key to sign with now: of those already active, the newest. */
  async current(): Promise<{ kid: string; privateKey: KeyObject }> {
    const { keys } = await this.loaded();
    const now = this.clock.now();
    // With clocks apart, the very first key may lie a moment ahead of this replica's: better early than not at all.
    const key = keys.find(({ activatesAt }) => activatesAt <= now) ?? keys.at(-1);
    if (!key) throw new Error('There is no signing key');
    return key;
  }

  /** The public key of that name while it is published, else null. */
  async findPublic(kid: string): Promise<KeyObject | null> {
    const { keys } = await this.loaded();
    const now = this.clock.now();
    const key = keys.find((candidate) => candidate.kid === kid);
    return key && (key.retiresAt === null || key.retiresAt > now) ? key.publicKey : null;
  }

  /** The JSON Web Key Set (RFC 7517) of every published key, also of the one that will sign next. */
  async jwks(): Promise<{ keys: JsonWebKey[] }> {
    const { keys } = await this.loaded();
    const now = this.clock.now();
    return {
      keys: keys
        .filter(({ retiresAt }) => retiresAt === null || retiresAt > now)
        .map(({ kid, publicJwk }) => ({ ...publicJwk, kid, use: 'sig', alg: 'ES256' })),
    };
  }

  private async loaded(): Promise<LoadedKeys> {
    return this.cache.peek(ALL) ?? (await this.cache.get(ALL));
  }

  private async load(): Promise<LoadedKeys> {
    const rows = await this.repository.findPublished(this.clock.now());
    const keys = rows.map((row) => ({ ...row, ...this.import(row) }));
    for (const kid of this.imported.keys()) if (!rows.some((row) => row.kid === kid)) this.imported.delete(kid);
    return { keys };
  }

  private import(row: SigningKeyRow): Pick<LoadedKey, 'publicKey' | 'privateKey'> {
    const known = this.imported.get(row.kid);
    if (known) return known;
    const der = this.box.open(row.privateSealed, privateContext(row.kid));
    const keys = {
      publicKey: createPublicKey({ key: row.publicJwk, format: 'jwk' }),
      privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
    };
    this.imported.set(row.kid, keys);
    return keys;
  }

  private generate(now: Date, activatesAt: Date): SigningKeyRow {
    const kid = newUuidV7(now);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return {
      kid,
      publicJwk: publicKey.export({ format: 'jwk' }),
      privateSealed: this.box.seal(privateKey.export({ format: 'der', type: 'pkcs8' }), privateContext(kid)),
      createdAt: now,
      activatesAt,
      retiresAt: null,
    };
  }
}
