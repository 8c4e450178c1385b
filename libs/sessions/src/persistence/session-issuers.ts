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

/** In the place of conditions on it: to be of one of some BINs, each behind its environment. */
export const OF_BINS = 'of_bins';

/** Of so many BINs each page has some; what they are costs Postgres more to think about than it saves. */
const MOST_BINS = 300;

const isOfIssuer = ({ field }: ListCondition): boolean => Object.hasOwn(ISSUER_SQL, field);

/**
 * Conditions with the BINs that there are in the place of whose they are: sessions of a BIN are in an index, and Postgres
 * knows how many they are. Left as they are where the BINs are many.
 */
export async function withIssuersBins<Field extends string>(
  conditions: readonly ListCondition<Field>[],
  database: Database,
): Promise<ListCondition<Field | typeof OF_BINS>[]> {
  const asked = conditions.filter(isOfIssuer) as unknown as ListCondition<keyof typeof ISSUER_SQL>[];
  if (asked.length === 0) return [...conditions];
  const { values, bind } = bindings();
  const bins = await database.query<{ key: string }>(
    `SELECT environment || bin AS key FROM card_bin b WHERE true${listConditionsSql(asked, ISSUER_SQL, bind)} LIMIT ${MOST_BINS + 1}`,
    values,
  );
  if (bins.length > MOST_BINS) return [...conditions];
  return [
    ...conditions.filter((condition) => !isOfIssuer(condition)),
    { field: OF_BINS, operator: 'in', values: bins.map(({ key }) => key) },
  ];
}

/** The SQL of `OF_BINS`. A BIN may be one issuer's in one environment and another one's in the other. */
export const ofBins: ConditionSql = ({ values }, bind) => {
  const ways = ENVIRONMENTS.flatMap((environment) => {
    const bins = values
      .map(String)
      .flatMap((key) => (key.startsWith(environment) ? [key.slice(environment.length)] : []));
    return bins.length === 0 ? [] : [{ environment, bins: bins.sort() }];
  });
  const [first, second] = ways;
  if (first === undefined) return 'false';
  // A condition less to be estimated, where it makes no difference.
  if (second !== undefined && first.bins.join() === second.bins.join()) return hasBin(first.bins, bind);
  return `(${ways.map(({ environment, bins }) => `s.environment = '${environment}' AND ${hasBin(bins, bind)}`).join(' OR ')})`;
};

const ENVIRONMENTS = ['live', 'test'] as const;

const hasBin = (bins: readonly string[], bind: Bind): string =>
  bins.length === 1 ? `s.bin = ${bind(bins[0])}` : `s.bin = ANY(${bind(bins)})`;
