import type { Database, ListCondition } from '@app/platform';

/** So many digits of a card number are kept as its BIN; some cards have fewer. */
const BIN_DIGITS = 8;

/** Goes from each BIN to the next one: an index has them in their order, and how many sessions each has does not matter. */
const BINS = `WITH RECURSIVE found AS (
    (SELECT bin, 1 AS number FROM session WHERE bin BETWEEN $1 AND $2 ORDER BY bin LIMIT 1)
    UNION ALL
    SELECT (SELECT s.bin FROM session s WHERE s.bin > found.bin AND s.bin <= $2 ORDER BY s.bin LIMIT 1), number + 1
    FROM found WHERE found.bin IS NOT NULL AND number < $3)
  SELECT bin FROM found WHERE bin IS NOT NULL`;

/** Not by what a BIN begins with, but by all of it. */
const UNLIKE: readonly string[] = ['not_in', 'known'];

/**
 * Conditions with the BINs that there are (of any merchant) in the place of what they begin with. Postgres knows how many
 * sessions a BIN has, of a range of them it does not: for a rare one it would read all sessions there are.
 */
export async function withWholeBins<Condition extends ListCondition>(
  conditions: readonly Condition[],
  database: Database,
): Promise<Condition[]> {
  return Promise.all(
    conditions.map(async (condition) => {
      if (condition.field !== 'bin' || UNLIKE.includes(condition.operator)) return condition;
      const bins = await Promise.all(condition.values.map((digits) => binsOf(String(digits), database)));
      const values = [...new Set(bins.flat())];
      return { ...condition, operator: values.length === 1 ? 'eq' : 'in', values };
    }),
  );
}

/** A BIN begins with at least six of its digits: of those that begin alike there are a hundred at most. */
async function binsOf(digits: string, database: Database): Promise<string[]> {
  if (digits.length === BIN_DIGITS) return [digits];
  return binsBetween(digits, digits.padEnd(BIN_DIGITS, '9'), 10 ** BIN_DIGITS, database);
}

/** The BINs of all sessions there are, of any merchant; null where they are more than `most`. */
export async function binsThere(most: number, database: Database): Promise<string[] | null> {
  const bins = await binsBetween('', '9'.repeat(BIN_DIGITS), most + 1, database);
  return bins.length > most ? null : bins;
}

async function binsBetween(first: string, last: string, limit: number, database: Database): Promise<string[]> {
  const rows = await database.query<{ bin: string }>(BINS, [first, last, limit]);
  return rows.map(({ bin }) => bin);
}
