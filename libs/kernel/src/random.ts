import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(16_384);
let offset = pool.length;

/**
 * `length` fresh cryptographically random bytes (at most 1,024), drawn from the system in blocks: one system call serves
 * many ids, IVs and secrets. Every byte is handed out once and wiped from the block.
 */
export function randomBytes(length: number): Buffer {
  if (length > 1024) throw new RangeError('At most 1,024 random bytes at a time');
  if (offset + length > pool.length) {
    randomFillSync(pool);
    offset = 0;
  }
  const bytes = Buffer.from(pool.subarray(offset, offset + length));
  pool.fill(0, offset, offset + length);
  offset += length;
  return bytes;
}
