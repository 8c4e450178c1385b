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
import { binsThere } from './session-bins';

export type IssuerField = keyof typeof ISSUER_SQL;

/** In the place of conditions on it: to be of the BINs of one of some sets, named by its place among them. */
export const OF_BINS = 'of_bins';

/** Conditions that a list can be asked by its own columns. */
export type ByBins<Field extends string> = Exclude<Field, IssuerField> | typeof OF_BINS;

/** Of so many BINs Postgres is asked how many sessions each has, to choose how to find them: 30 ms of thought for 1,000. */
const MOST_WEIGHED = 1_000;
/** So many BINs of sessions are gone through at most, to find sessions by those of which something is not known. */
const MOST_THERE = 4_000;
const ENVIRONMENTS = ['live', 'test'] as const;

type Environment = (typeof ENVIRONMENTS)[number];

/** BINs of an environment: these, or all but these. */
interface Bins {
  readonly environment: Environment;
  readonly areOthers: boolean;
  readonly bins: readonly string[];
}

/** A BIN may be one issuer's in one environment and another one's in the other. */
interface BinSet {
  readonly ways: readonly Bins[];
  /** Whether cards without a BIN are in it. */
  readonly hasNone: boolean;
}

const isOfIssuer = (condition: ListCondition): condition is ListCondition<IssuerField> =>
  Object.hasOwn(ISSUER_SQL, condition.field);

/**
 * Conditions with the BINs that there are in the place of whose they are, and the SQL of `OF_BINS` in them: sessions of a BIN are
 * in an index, and Postgres knows how many they are. Of a condition on the BIN's own row it knows nothing, and reads all sessions.
 */
export async function withIssuersBins<Field extends string>(
  conditions: readonly ListCondition<Field>[],
  database: Database,
): Promise<{ readonly conditions: ListCondition<ByBins<Field>>[]; readonly ofBins: ConditionSql }> {
  const own = conditions.filter((condition) => !isOfIssuer(condition)) as ListCondition<Exclude<Field, IssuerField>>[];
  const asked = conditions.filter((condition: ListCondition) => isOfIssuer(condition)) as ListCondition<IssuerField>[];
  const like = asked.filter((condition) => oppositeOf(condition) === null);
  const opposites = asked.map(oppositeOf).filter((opposite) => opposite !== null);
  const there = opposites.length === 0 ? null : await binsThere(MOST_THERE, database);
  const sets = await Promise.all([
    ...(like.length === 0 ? [] : [binsLike(like, database)]),
    ...opposites.map((opposite) => binsUnlike(opposite, there, database)),
  ]);
  return {
    conditions: [...own, ...sets.map((_, place) => ({ field: OF_BINS, operator: 'eq', values: [place] }) as const)],
    ofBins: ({ values: [place] }, bind) => {
      const set = sets[Number(place)];
      return set === undefined ? 'false' : setSql(set, bind);
    },
  };
}

/** Its opposite, where a condition is also true of cards of which nothing is known; null where it is not. */
function oppositeOf(condition: ListCondition<IssuerField>): ListCondition<IssuerField> | null {
  if (condition.operator === 'not_in') return { ...condition, operator: 'in' };
  return condition.operator === 'known' && condition.values[0] === false ? { ...condition, values: [true] } : null;
}

/** The BINs that fulfil conditions. */
async function binsLike(conditions: readonly ListCondition<IssuerField>[], database: Database): Promise<BinSet> {
  const { values, bind } = bindings();
  const found = await database.query<{ environment: Environment; bin: string }>(
    `SELECT environment, bin FROM card_bin b WHERE true${listConditionsSql(conditions, ISSUER_SQL, bind)} ORDER BY bin`,
    values,
  );
  const ways = ENVIRONMENTS.map((environment) => ({
    environment,
    areOthers: false,
    bins: found.filter((one) => one.environment === environment).map(({ bin }) => bin),
  }));
  return { ways, hasNone: false };
}

/**
 * What does not fulfil a condition: where those are few BINs, they are named, as Postgres finds sessions by what they are and by
 * what they are not it walks all of them.
 */
async function binsUnlike(
  condition: ListCondition<IssuerField>,
  there: readonly string[] | null,
  database: Database,
): Promise<BinSet> {
  const { ways } = await binsLike([condition], database);
  const unlike = ways.map(({ environment, bins }) => {
    const like = new Set(bins);
    const others = there?.filter((bin) => !like.has(bin)) ?? null;
    return others === null || others.length > MOST_WEIGHED
      ? { environment, areOthers: true, bins }
      : { environment, areOthers: false, bins: others };
  });
  return { ways: unlike, hasNone: true };
}

function setSql({ ways, hasNone }: BinSet, bind: Bind): string {
  const [one, other] = ways.filter(({ areOthers, bins }) => areOthers || bins.length > 0);
  // A condition less to be weighed, where it makes no difference.
  const isSame = one && other && one.areOthers === other.areOthers && one.bins.join() === other.bins.join();
  const any = [
    ...(hasNone ? ['s.bin IS NULL'] : []),
    ...(one && isSame ? [binsSql(one, bind)] : []),
    ...(isSame
      ? []
      : [one, other].flatMap((way) => (way ? [`s.environment = '${way.environment}' AND ${binsSql(way, bind)}`] : []))),
  ];
  return any.length === 0 ? 'false' : `(${any.join(' OR ')})`;
}

function binsSql({ areOthers, bins }: Bins, bind: Bind): string {
  if (!areOthers) return hasBin(bins, bind);
  return bins.length === 0 ? 'true' : `(${hasBin(bins, bind)}) IS NOT TRUE`;
}

/** Of very many BINs each page has some: a session is looked at as it comes, which Postgres is not to know better. */
function hasBin(bins: readonly string[], bind: Bind): string {
  if (bins.length === 1) return `s.bin = ${bind(bins[0])}`;
  return bins.length > MOST_WEIGHED
    ? `(s.bin IN (SELECT unnest(${bind(bins)}::text[]))) IS TRUE`
    : `s.bin = ANY(${bind(bins)})`;
}
