import type { TransStatus } from '@app/authentication-port';
import { isBorneOut } from './claimed-result';

it.each<[TransStatus | undefined, TransStatus | undefined, boolean]>([
  ['Y', 'Y', true],
  ['Y', 'A', true],
  ['N', 'N', true],
  ['N', 'U', true],
  ['N', 'R', true],
  ['Y', 'N', false],
  ['Y', 'U', false],
  ['N', 'Y', false],
  // There is no result yet.
  ['Y', 'C', false],
  ['Y', undefined, false],
  ['N', 'C', true],
  [undefined, 'Y', true],
  [undefined, 'N', true],
])('a claim of %s for a result of %s', (claim, result, expected) => {
  expect(isBorneOut(claim, result)).toBe(expected);
});
