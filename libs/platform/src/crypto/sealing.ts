import { createCipheriv, createDecipheriv } from 'node:crypto';
import { randomBytes, type Secret } from '@app/kernel';

/** A symmetric key with the name that its ciphertexts carry. `id` is a UUID, `key` 32 bytes. */
export interface DataKey {
  readonly id: string;
  readonly key: Secret<Buffer>;
}

const FORMAT = 1;
const KEY_ID_OFFSET = 1;
const IV_OFFSET = 17;
const BODY_OFFSET = 29;
const TAG_LENGTH = 16;

/** The ciphertext was altered, cut, made under another key or for another context. Says no more than that. */
export class DecryptionFailed extends Error {
  constructor() {
    super('A sealed value could not be opened');
    this.name = 'DecryptionFailed';
  }
}

/**
 * Encrypts with AES-256-GCM. The result names its key: format byte, key id (16 bytes), IV (12), ciphertext, tag (16).
 * `context` (what and whose the value is) is authenticated with it: a ciphertext moved to another row does not open.
 */
export function sealWith(key: DataKey, plaintext: Buffer, context: string): Buffer {
  const head = Buffer.alloc(BODY_OFFSET);
  head[0] = FORMAT;
  head.write(key.id.replaceAll('-', ''), KEY_ID_OFFSET, 'hex');
  const iv = randomBytes(12);
  iv.copy(head, IV_OFFSET);
  const cipher = createCipheriv('aes-256-gcm', key.key.expose(), iv);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([head, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what `sealWith` made under the same key and context.
 * @throws DecryptionFailed
 */
export function openWith(key: DataKey, sealed: Buffer, context: string): Buffer {
  if (sealed.length < BODY_OFFSET + TAG_LENGTH || sealed[0] !== FORMAT) throw new DecryptionFailed();
  // The name is not under the tag: an altered one must not go unnoticed where the right key is at hand anyway.
  if (keyIdOf(sealed) !== key.id) throw new DecryptionFailed();
  const tagOffset = sealed.length - TAG_LENGTH;
  const decipher = createDecipheriv('aes-256-gcm', key.key.expose(), sealed.subarray(IV_OFFSET, BODY_OFFSET), {
    authTagLength: TAG_LENGTH,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(tagOffset));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(BODY_OFFSET, tagOffset)), decipher.final()]);
  } catch {
    throw new DecryptionFailed();
  }
}

/** The id (UUID) of the key that a ciphertext names. */
export function keyIdOf(sealed: Buffer): string {
  const hex = sealed.toString('hex', KEY_ID_OFFSET, IV_OFFSET);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
