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
  if (asked.length === 0) return own;
  const { values, bind } = bindings();
  const bins = await database.query<{ key: string }>(
    `SELECT environment || bin AS key FROM card_bin b WHERE true${listConditionsSql(asked, ISSUER_SQL, bind)}`,
    values,
  );
  return [...own, { field: OF_BINS, operator: 'in', values: bins.map(({ key }) => key) }];
}

/** The SQL of `OF_BINS`. A BIN may be one issuer's in one environment and another one's in the other. */
export const ofBins: ConditionSql = ({ values }, bind) => {
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
};

/** Of very many BINs each page has some: a session is looked at as it comes, which Postgres is not to know better. */
function hasBin(bins: readonly string[], bind: Bind): string {
  if (bins.length === 1) return `s.bin = ${bind(bins[0])}`;
  return bins.length > MOST_WEIGHED
    ? `(s.bin IN (SELECT unnest(${bind(bins)}::text[]))) IS TRUE`
    : `s.bin = ANY(${bind(bins)})`;
}
