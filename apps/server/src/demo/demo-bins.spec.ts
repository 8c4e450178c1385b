import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SANDBOX_BINS } from './demo-bins';

const CARDS = join(__dirname, '../../../simulator/src/cards/test-cards.json');

it('every card of the simulator has an issuer in the demo', () => {
  const { cards } = JSON.parse(readFileSync(CARDS, 'utf8')) as { cards: { number: string }[] };
  const known = new Set(SANDBOX_BINS.map(({ prefix }) => prefix));

  expect(cards.length).toBeGreaterThan(50);
  expect(cards.map(({ number }) => number.slice(0, 6)).filter((prefix) => !known.has(prefix))).toEqual([]);
  expect(SANDBOX_BINS).toHaveLength(known.size);
});
