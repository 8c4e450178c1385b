/** Arithmetic in GF(256) with the polynomial of QR codes (ISO/IEC 18004 section 7.5.2). */

const EXP = new Uint8Array(510);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}

const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : EXP[(LOG[a] ?? 0) + (LOG[b] ?? 0)]) ?? 0;

/** The factors behind the first, of the generator polynomial for `count` check bytes. */
function generator(count: number): number[] {
  let factors = [1];
  for (let root = 0; root < count; root++) {
    const grown = [...factors, 0];
    factors.forEach((factor, index) => (grown[index + 1] = (grown[index + 1] ?? 0) ^ times(factor, EXP[root] ?? 0)));
    factors = grown;
  }
  return factors.slice(1);
}

/** The check bytes that belong to `data`. */
export function checkBytes(data: readonly number[], count: number): number[] {
  const factors = generator(count);
  const rest = new Array<number>(count).fill(0);
  for (const byte of data) {
    const lead = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    factors.forEach((factor, index) => (rest[index] = (rest[index] ?? 0) ^ times(factor, lead)));
  }
  return rest;
}
