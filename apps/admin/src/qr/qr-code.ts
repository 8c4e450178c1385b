import { checkBytes } from './reed-solomon';

/** What a version holds at error correction level M (ISO/IEC 18004 table 9): data bytes of each block, check bytes per block. */
interface Version {
  readonly blocks: readonly number[];
  readonly checks: number;
  /** Centres of the alignment patterns, in both directions. */
  readonly centres: readonly number[];
}

/** Enough for 213 bytes; the address of an authenticator app has about 120. */
const VERSIONS: readonly Version[] = [
  { blocks: [16], checks: 10, centres: [] },
  { blocks: [28], checks: 16, centres: [6, 18] },
  { blocks: [44], checks: 26, centres: [6, 22] },
  { blocks: [32, 32], checks: 18, centres: [6, 26] },
  { blocks: [43, 43], checks: 24, centres: [6, 30] },
  { blocks: [27, 27, 27, 27], checks: 16, centres: [6, 34] },
  { blocks: [31, 31, 31, 31], checks: 18, centres: [6, 22, 38] },
  { blocks: [38, 38, 39, 39], checks: 22, centres: [6, 24, 42] },
  { blocks: [36, 36, 36, 37, 37], checks: 22, centres: [6, 26, 46] },
  { blocks: [43, 43, 43, 43, 44], checks: 26, centres: [6, 28, 50] },
];

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

type Grid = boolean[][];

/**
 * A QR code of `text` as rows of modules, true for dark, without the quiet zone around it. Bytes in UTF-8, error correction
 * level M. Throws for text that has more than 213 bytes.
 */
export function qrCode(text: string): readonly (readonly boolean[])[] {
  const bytes = [...new TextEncoder().encode(text)];
  const number = VERSIONS.findIndex((version, index) => bytes.length <= capacityOf(version, index + 1)) + 1;
  const version = VERSIONS[number - 1];
  if (!version) throw new RangeError('Too long for a QR code');
  const { grid, isFixed } = frame(number, version);
  place(grid, isFixed, interleaved(dataBytes(bytes, number, version), version));
  const masked = MASKS.map((isFlipped, mask) => finished(grid, isFixed, isFlipped, mask));
  return masked.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const lengthBits = (number: number): number => (number < 10 ? 8 : 16);
const capacityOf = ({ blocks }: Version, number: number): number =>
  Math.floor((sum(blocks) * 8 - 4 - lengthBits(number)) / 8);

/** Mode, length, the bytes, and padding up to the version's capacity (section 7.4). */
function dataBytes(bytes: readonly number[], number: number, { blocks }: Version): number[] {
  const bits: number[] = [];
  const push = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, lengthBits(number));
  for (const byte of bytes) push(byte, 8);
  const capacity = sum(blocks) * 8;
  push(0, Math.min(4, capacity - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xec ^ 0x11) push(pad, 8);
  return Array.from({ length: bits.length / 8 }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((value, bit) => (value << 1) | bit, 0),
  );
}

/** Blocks with their check bytes, one byte of each in turn (section 7.6). */
function interleaved(data: readonly number[], { blocks, checks }: Version): number[] {
  let start = 0;
  const parts = blocks.map((length) => data.slice(start, (start += length)));
  const ends = parts.map((part) => checkBytes(part, checks));
  const inTurn = (rows: readonly (readonly number[])[]): number[] =>
    Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, column) =>
      rows.flatMap((row) => row.slice(column, column + 1)),
    ).flat();
  return [...inTurn(parts), ...inTurn(ends)];
}

/** The patterns that every code of a version has; `isFixed` where no data go. */
function frame(number: number, { centres }: Version): { grid: Grid; isFixed: Grid } {
  const size = number * 4 + 17;
  const empty = (): Grid => Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const [grid, isFixed] = [empty(), empty()];
  const set = (x: number, y: number, isDark: boolean): void => {
    const [row, fixed] = [grid[y], isFixed[y]];
    if (!row || !fixed || x < 0 || x >= size) return;
    row[x] = isDark;
    fixed[x] = true;
  };
  const rings = (x: number, y: number, radius: number, isDark: (distance: number) => boolean): void => {
    for (let dy = -radius; dy <= radius; dy++)
      for (let dx = -radius; dx <= radius; dx++) set(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  const last = centres.length - 1;
  centres.forEach((x, column) =>
    centres.forEach((y, row) => {
      const isAtFinder =
        (column === 0 && row === 0) || (column === 0 && row === last) || (column === last && row === 0);
      if (!isAtFinder) rings(x, y, 2, (distance) => distance !== 1);
    }),
  );
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    rings(x, y, 4, (distance) => distance !== 2 && distance !== 4);
  }
  drawFormat(set, size, 0);
  if (number >= 7) drawVersion(set, size, number);
  return { grid, isFixed };
}

type Paint = (x: number, y: number, isDark: boolean) => void;

/** `value` with its BCH check bits (sections 7.9 and 7.10). */
function withCheck(value: number, checks: number, polynomial: number): number {
  let rest = value;
  for (let step = 0; step < checks; step++) rest = (rest << 1) ^ ((rest >> (checks - 1)) & 1 ? polynomial : 0);
  return (value << checks) | (rest & ((1 << checks) - 1));
}

/** Level M is 00 in the format's first two bits. */
function drawFormat(set: Paint, size: number, mask: number): void {
  const bits = withCheck(mask, 10, 0x537) ^ 0x5412;
  const isDark = (bit: number): boolean => ((bits >> bit) & 1) === 1;
  for (let bit = 0; bit < 6; bit++) set(8, bit, isDark(bit));
  set(8, 7, isDark(6));
  set(8, 8, isDark(7));
  set(7, 8, isDark(8));
  for (let bit = 9; bit < 15; bit++) set(14 - bit, 8, isDark(bit));
  for (let bit = 0; bit < 8; bit++) set(size - 1 - bit, 8, isDark(bit));
  for (let bit = 8; bit < 15; bit++) set(8, size - 15 + bit, isDark(bit));
  set(8, size - 8, true);
}

function drawVersion(set: Paint, size: number, number: number): void {
  const bits = withCheck(number, 12, 0x1f25);
  for (let bit = 0; bit < 18; bit++) {
    const isDark = ((bits >> bit) & 1) === 1;
    const [far, near] = [size - 11 + (bit % 3), Math.floor(bit / 3)];
    set(far, near, isDark);
    set(near, far, isDark);
  }
}

/** Two columns at a time from the right, up and down in turn (section 7.7.3). */
function place(grid: Grid, isFixed: Grid, bytes: readonly number[]): void {
  const size = grid.length;
  let bit = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    // The column of the timing pattern is no column of data.
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const isUpward = ((right + 1) & 2) === 0;
      const y = isUpward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = grid[y];
        if (!row || isFixed[y]?.[x] || bit >= bytes.length * 8) continue;
        row[x] = (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        bit++;
      }
    }
  }
}

function finished(grid: Grid, isFixed: Grid, isFlipped: (x: number, y: number) => boolean, mask: number): Grid {
  const done = grid.map((row, y) => row.map((isDark, x) => (isFixed[y]?.[x] ? isDark : isDark !== isFlipped(x, y))));
  drawFormat(
    (x, y, isDark) => {
      const row = done[y];
      if (row) row[x] = isDark;
    },
    done.length,
    mask,
  );
  return done;
}

/** Finder-like runs, light on one side of them (section 7.8.3.1, feature 3). */
const FINDER_LIKE = /(?=1011101(0000))|(?=(0000)1011101)/g;

/** How badly a code is to be read (section 7.8.3): the lowest of the eight masks is taken. */
function penalty(grid: Grid): number {
  const size = grid.length;
  const columns = grid.map((_, x) => grid.map((row) => row[x] ?? false));
  const lines = [...grid, ...columns].map((line) => line.map(Number).join(''));
  const runs = sum(lines.flatMap((line) => (line.match(/0{5,}|1{5,}/g) ?? []).map(({ length }) => length - 2)));
  const finders = sum(lines.map((line) => [...line.matchAll(FINDER_LIKE)].length * 40));
  let squares = 0;
  for (let y = 1; y < size; y++)
    for (let x = 1; x < size; x++) {
      const four = [grid[y]?.[x], grid[y]?.[x - 1], grid[y - 1]?.[x], grid[y - 1]?.[x - 1]];
      if (new Set(four).size === 1) squares += 3;
    }
  const dark = sum(grid.map((row) => row.filter(Boolean).length));
  const balance = Math.floor(Math.abs((dark * 100) / (size * size) - 50) / 5) * 10;
  return runs + finders + squares + balance;
}
