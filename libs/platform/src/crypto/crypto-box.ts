import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig, type Kek } from '../config/app-config';
import { DecryptionFailed, keyIdOf, openWith, sealWith } from './sealing';

/**
 * Seals small long-lived secrets and wraps data keys directly under the key encryption key, and makes keyed hashes.
 * New ciphertexts use the current key; older ones name theirs and still open while it is configured.
 */
@Injectable()
export class CryptoBox {
  private readonly current: Kek;
  private readonly byId: ReadonlyMap<string, Kek>;
  private readonly macKeys = new Map<string, Buffer>();

  constructor(@Inject(APP_CONFIG) config: Pick<AppConfig, 'keks'>) {
    const [current] = config.keks;
    if (!current) throw new Error('No key encryption key is configured');
    this.current = current;
    this.byId = new Map(config.keks.map((kek) => [kek.id, kek]));
  }

  get currentKeyId(): string {
    return this.current.id;
  }

  /** Encrypts under the current key; `context` says what and whose the value is and must be given again to open it. */
  seal(plaintext: Buffer, context: string): Buffer {
    return sealWith(this.current, plaintext, context);
  }

  /**
   * Opens what `seal` made, under whichever configured key it names.
   * @throws DecryptionFailed when the key is not configured, or value or context were altered
   */
  open(sealed: Buffer, context: string): Buffer {
    const kek = this.byId.get(keyIdOf(sealed));
    if (!kek) throw new DecryptionFailed();
    return openWith(kek, sealed, context);
  }

  /** HMAC-SHA256 (32 bytes) of `data` under a key derived for `purpose` (HKDF) from the oldest configured key. */
  mac(purpose: string, data: Buffer | string): Buffer {
    return createHmac('sha256', this.macKey(purpose)).update(data).digest();
  }

  // The oldest key, which is listed last: rotation puts a new one in front, and stored hashes must go on matching.
  private macKey(purpose: string): Buffer {
    const known = this.macKeys.get(purpose);
    if (known) return known;
    const oldest = [...this.byId.values()].at(-1) ?? this.current;
    const derived = Buffer.from(hkdfSync('sha256', oldest.key.expose(), '', `countersign mac ${purpose}`, 32));
    this.macKeys.set(purpose, derived);
    return derived;
  }
}
