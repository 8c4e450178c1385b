import { statSync } from 'node:fs';
import { basename } from 'node:path';

/** Short files that take a minute and more: by their size they would come last, and one core would wait for the other. */
const LONG = new Set([
  'chaos.e2e-spec.ts',
  'hosted-restarts.e2e-spec.ts',
  'loop.browser-spec.ts',
  'stampede.e2e-spec.ts',
]);

const FIRST = 1_000_000_000;

const weight = ({ path }) => statSync(path).size + (LONG.has(basename(path)) ? FIRST : 0);

/** In which order Jest runs test files: what takes longest first. A new checkout has no times; there size is a good guess, but for a few. */
export default class TestOrder {
  sort(tests) {
    return tests.toSorted((one, other) => weight(other) - weight(one));
  }

  /** Jest hands over the times that it took. The next run of everything is in the same order all the same. */
  cacheResults() {}
}
