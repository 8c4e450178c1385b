/** Random numbers that a seed decides (mulberry32): the same seed asks for the same faults at the same points again. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** A number from `min` up to, not including, `max`. */
    between: (min, max) => min + next() * (max - min),
    /** One of `items`. */
    oneOf: (items) => items[Math.floor(next() * items.length)],
    /** True in this share of cases. */
    chance: (share) => next() < share,
  };
}
