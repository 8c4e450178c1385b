import { currencyOf, SCHEMES, type Scheme } from '@app/kernel';

/** Where the cardholder is (sessions-api.md section 5.4); hosted sessions are `browser`. */
export const ROUTE_FLOWS = ['browser', 'app', 'merchant_initiated'] as const;

export type RouteFlow = (typeof ROUTE_FLOWS)[number];

/** For which sessions an entry of a route counts: all that is given must hold. Amounts are minor units, inclusive. */
export interface RouteConditions {
  schemes?: readonly Scheme[];
  currencies?: readonly string[];
  minAmountMinor?: number;
  maxAmountMinor?: number;
  flows?: readonly RouteFlow[];
}

/** One connector of a route and its conditions; without any, it counts always. */
export interface RouteEntry {
  connector: string;
  when?: RouteConditions;
}

/** The connectors of a channel in the order in which they are asked. */
export type Route = readonly RouteEntry[];

/** What a route is chosen by. `scheme` is absent where nobody knows it yet: entries for certain schemes then do not count. */
export interface RouteQuestion {
  scheme?: Scheme;
  currency: string;
  amountMinor: number;
  flow: RouteFlow;
}

/** What is wrong with a route: `path` as in `route[0].when.currencies`. */
export interface RouteProblem {
  path: string;
  says: string;
}

const CONDITIONS: {
  [K in keyof Required<RouteConditions>]: (value: Required<RouteConditions>[K], question: RouteQuestion) => boolean;
} = {
  schemes: (schemes, { scheme }) => scheme !== undefined && schemes.includes(scheme),
  currencies: (currencies, { currency }) => currencies.includes(currency),
  minAmountMinor: (min, { amountMinor }) => amountMinor >= min,
  maxAmountMinor: (max, { amountMinor }) => amountMinor <= max,
  flows: (flows, { flow }) => flows.includes(flow),
};
const NAMES = Object.keys(CONDITIONS) as (keyof RouteConditions)[];

/** The ids of the connectors for this session, each once, in the order of the route; none when no entry counts. */
export function chooseRoute(route: Route, question: RouteQuestion): string[] {
  const chosen = route.filter(({ when = {} }) => NAMES.every((name) => holds(name, when, question)));
  return [...new Set(chosen.map(({ connector }) => connector))];
}

function holds<K extends keyof RouteConditions>(name: K, when: RouteConditions, question: RouteQuestion): boolean {
  const value = when[name];
  return value === undefined || CONDITIONS[name](value as Required<RouteConditions>[K], question);
}

/** The route that asks these connectors in this order, always. */
export function plainRoute(connectors: readonly string[]): Route {
  return connectors.map((connector) => ({ connector }));
}

/** The connectors that a route names, each once, in its order. */
export function connectorsOf(route: Route): string[] {
  return [...new Set(route.map(({ connector }) => connector))];
}

const oneOfList =
  (isKnown: (item: string) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((item) => typeof item === 'string' && isKnown(item));
const amount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const CONDITION_RULES: Record<keyof RouteConditions, { holds: (value: unknown) => boolean; says: string }> = {
  schemes: {
    holds: oneOfList((item) => SCHEMES.includes(item as Scheme)),
    says: `must be one or more different schemes of ${SCHEMES.join(', ')}`,
  },
  currencies: {
    holds: oneOfList((item) => currencyOf(item) !== null),
    says: 'must be one or more different currencies of ISO 4217',
  },
  minAmountMinor: { holds: amount, says: 'must be a whole number of minor units' },
  maxAmountMinor: { holds: amount, says: 'must be a whole number of minor units' },
  flows: {
    holds: oneOfList((item) => ROUTE_FLOWS.includes(item as RouteFlow)),
    says: `must be one or more different flows of ${ROUTE_FLOWS.join(', ')}`,
  },
};

/** Everything that is wrong with what claims to be a route, by path; none for a good one. Never throws. */
export function routeProblems(route: unknown, connectors: readonly string[]): RouteProblem[] {
  if (!Array.isArray(route) || route.length === 0) {
    return [{ path: 'route', says: 'must name one connector at least' }];
  }
  const problems = route.flatMap((entry: unknown, index) => entryProblems(entry, `route[${index}]`, connectors));
  return problems.length > 0 ? problems : hiddenEntries(route as Route);
}

function entryProblems(entry: unknown, path: string, connectors: readonly string[]): RouteProblem[] {
  if (!isRecord(entry)) return [{ path, says: 'must be an object with a connector' }];
  const { connector, when, ...others } = entry;
  const problems = unknownMembers(others, path);
  if (typeof connector !== 'string' || !connectors.includes(connector)) {
    problems.push({ path: `${path}.connector`, says: `must be one of ${connectors.join(', ')}` });
  }
  return when === undefined ? problems : [...problems, ...whenProblems(when, `${path}.when`)];
}

function whenProblems(when: unknown, path: string): RouteProblem[] {
  if (!isRecord(when)) return [{ path, says: 'must be an object of conditions' }];
  const isCondition = (name: string): name is keyof RouteConditions => Object.hasOwn(CONDITION_RULES, name);
  const problems = Object.entries(when).flatMap(([name, value]) => {
    if (!isCondition(name)) return unknownMembers({ [name]: value }, path);
    const rule = CONDITION_RULES[name];
    return rule.holds(value) ? [] : [{ path: `${path}.${name}`, says: rule.says }];
  });
  const { minAmountMinor: min, maxAmountMinor: max } = when as RouteConditions;
  if (problems.length === 0 && min !== undefined && max !== undefined && min > max) {
    problems.push({ path: `${path}.maxAmountMinor`, says: 'must not be less than minAmountMinor' });
  }
  return problems;
}

// Whoever mistypes a condition must not get an entry without it.
function unknownMembers(members: object, path: string): RouteProblem[] {
  return Object.keys(members).map((name) => ({ path: `${path}.${name}`, says: 'is not known here' }));
}

function hiddenEntries(route: Route): RouteProblem[] {
  return route.flatMap(({ connector }, index) => {
    const isHidden = route.slice(0, index).some((above) => above.connector === connector && isAlways(above));
    return isHidden
      ? [{ path: `route[${index}]`, says: 'is never reached: an entry above asks the same connector always' }]
      : [];
  });
}

function isAlways({ when }: RouteEntry): boolean {
  return when === undefined || Object.keys(when).length === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
