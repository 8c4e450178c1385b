import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig, type Kek } from '../config/app-config';
import { DecryptionFailed, keyIdOf, openWith, sealWith } from './sealing';

/**
 * Seals small long-lived secrets and wraps data keys directly under the key encryption key, and makes proofs.
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

  /** Of every configured key, the current one first. */
  get keyIds(): readonly string[] {
    return [...this.byId.keys()];
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

  /**
   * HMAC-SHA256 (32 bytes) of `data` under a key derived for `purpose` (HKDF) from the current key: for what is handed
   * out, comes back after a while and is stored nowhere. `proves` checks it; a rotation leaves valid what is out as long
   * as the former key stays configured. Hashes that are stored are made by `MacKeys`.
   */
  prove(purpose: string, data: Buffer | string): Buffer {
    return this.macUnder(this.current, purpose, data);
  }

  /** Whether `proof` is what `prove` gave for these, under any configured key. Compares in constant time. */
  proves(purpose: string, data: Buffer | string, proof: Buffer): boolean {
    return [...this.byId.values()].some((kek) => {
      const expected = this.macUnder(kek, purpose, data);
      return proof.length === expected.length && timingSafeEqual(proof, expected);
    });
  }

  private macUnder(kek: Kek, purpose: string, data: Buffer | string): Buffer {
    return createHmac('sha256', this.macKey(kek, purpose)).update(data).digest();
  }

  private macKey(kek: Kek, purpose: string): Buffer {
    const name = `${kek.id} ${purpose}`;
    const known = this.macKeys.get(name);
    if (known) return known;
    const derived = Buffer.from(hkdfSync('sha256', kek.key.expose(), '', `countersign mac ${purpose}`, 32));
    this.macKeys.set(name, derived);
    return derived;
  }
}
