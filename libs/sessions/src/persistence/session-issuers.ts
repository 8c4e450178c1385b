/** The issuer, its country and the kind of a card in lists of sessions: what is known of its BIN. */
import {
  bindings,
  ISSUER_SQL,
  listConditionsSql,
  type Bind,
  type ConditionSql,
  type Database,
  type ListCondition,
} from '@app/platform';

export type IssuerField = keyof typeof ISSUER_SQL;

/** In the place of conditions on it: to be of one of some BINs, each behind its environment. */
export const OF_BINS = 'of_bins';

/** Conditions that a list can be asked by its own columns. */
export type ByBins<Field extends string> = Exclude<Field, IssuerField> | typeof OF_BINS;

/** Of so many BINs Postgres is asked how many sessions each has, to choose how to find them: 30 ms of thought for 1,000. */
const MOST_WEIGHED = 1_000;
const ENVIRONMENTS = ['live', 'test'] as const;

const isOfIssuer = (condition: ListCondition): condition is ListCondition<IssuerField> =>
  Object.hasOwn(ISSUER_SQL, condition.field);

/**
 * Conditions with the BINs that there are in the place of whose they are: sessions of a BIN are in an index, and Postgres
 * knows how many they are. Of a condition on the BIN's own row it knows nothing, and reads all sessions.
 */
export async function withIssuersBins<Field extends string>(
  conditions: readonly ListCondition<Field>[],
  database: Database,
): Promise<ListCondition<ByBins<Field>>[]> {
  const own = conditions.filter((condition) => !isOfIssuer(condition)) as ListCondition<Exclude<Field, IssuerField>>[];
  const asked = conditions.filter((condition: ListCondition) => isOfIssuer(condition)) as ListCondition<IssuerField>[];
  const opposites = asked.map(oppositeOf);
  const like = asked.filter((_, index) => opposites[index] === null);
  const binsOf = async (wanted: readonly ListCondition<IssuerField>[], operator: 'in' | 'not_in') => ({
    field: OF_BINS as typeof OF_BINS,
    operator,
    values: await keysOf(wanted, database),
  });
  return [
    ...own,
    ...(like.length === 0 ? [] : [await binsOf(like, 'in')]),
    ...(await Promise.all(opposites.flatMap((unlike) => (unlike === null ? [] : [binsOf([unlike], 'not_in')])))),
  ];
}

/** Its opposite, where a condition is also true of cards of which nothing is known; null where it is not. */
function oppositeOf(condition: ListCondition<IssuerField>): ListCondition<IssuerField> | null {
  if (condition.operator === 'not_in') return { ...condition, operator: 'in' };
  return condition.operator === 'known' && condition.values[0] === false ? { ...condition, values: [true] } : null;
}

/** The BINs that fulfil conditions, each behind its environment. */
async function keysOf(conditions: readonly ListCondition<IssuerField>[], database: Database): Promise<string[]> {
  const { values, bind } = bindings();
  const bins = await database.query<{ key: string }>(
    `SELECT environment || bin AS key FROM card_bin b WHERE true${listConditionsSql(conditions, ISSUER_SQL, bind)}`,
    values,
  );
  return bins.map(({ key }) => key);
}

/** The SQL of `OF_BINS`, `in` or `not_in`; cards without a BIN are of none. A BIN may be one issuer's in one environment and another one's in the other. */
export const ofBins: ConditionSql = ({ operator, values }, bind) =>
  operator === 'not_in' ? `(${isOfBins(values, bind)}) IS NOT TRUE` : isOfBins(values, bind);

function isOfBins(values: ListCondition['values'], bind: Bind): string {
  const keys = values.map(String);
  const ways = ENVIRONMENTS.flatMap((environment) => {
    const bins = keys.flatMap((key) => (key.startsWith(environment) ? [key.slice(environment.length)] : []));
    return bins.length === 0 ? [] : [{ environment, bins: bins.sort() }];
  });
  const [first, second] = ways;
  if (first === undefined) return 'false';
  // A condition less to be weighed, where it makes no difference.
  if (second !== undefined && first.bins.join() === second.bins.join()) return hasBin(first.bins, bind);
  return `(${ways.map(({ environment, bins }) => `s.environment = '${environment}' AND ${hasBin(bins, bind)}`).join(' OR ')})`;
}

/** Of very many BINs each page has some: a session is looked at as it comes, which Postgres is not to know better. */
function hasBin(bins: readonly string[], bind: Bind): string {
  if (bins.length === 1) return `s.bin = ${bind(bins[0])}`;
  return bins.length > MOST_WEIGHED
    ? `(s.bin IN (SELECT unnest(${bind(bins)}::text[]))) IS TRUE`
    : `s.bin = ANY(${bind(bins)})`;
}
