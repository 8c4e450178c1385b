/** Which connector of a route takes a session, and what that means for the request. Pure. */
import type { AttemptRequest, AuthenticationConnector, DeviceData } from '@app/authentication-port';
import { hasMethod } from './device';
import type { Planned } from './new-session';
import type { MethodCompletion, SessionEvent } from './session';

type Plans = Pick<AuthenticationConnector, 'id' | 'plan'>;

/** A connector of a route, and whether it stands behind others because it is not well. */
export interface RouteCandidate<C extends Plans = Plans> {
  connector: C;
  isHealthy: boolean;
}

/** The connector that takes a session, and those that could be tried after it. */
export interface PlannedRoute<C extends Plans = Plans> {
  outcome: 'planned';
  connector: C;
  plan: Planned;
  rest: readonly RouteCandidate<C>[];
  /** Why connectors before it did not take the session, by id. */
  passed: Readonly<Record<string, string>>;
}

/** What a session was turned away with. */
export interface RefusedRoute<C extends Plans = Plans> {
  outcome: 'refused';
  connector: C;
  code: string;
  scheme?: Planned['scheme'];
  passed: Readonly<Record<string, string>>;
}

/** What one connector cannot do for a card, and another one may. Everything else is said of the card itself. */
const ANOTHER_MAY: ReadonlySet<string> = new Set([
  'source_not_supported',
  'scheme_not_supported',
  'no_processor_configured_for_card_scheme',
  'processing_channel_disabled',
]);

/** Plans with the first connector that takes the request. Where none does, the first one's word is given. */
export function planRoute<C extends Plans>(
  candidates: readonly RouteCandidate<C>[],
  request: AttemptRequest,
): PlannedRoute<C> | RefusedRoute<C> {
  const passed: Record<string, string> = {};
  let first: RefusedRoute<C> | null = null;
  for (const [index, { connector }] of candidates.entries()) {
    const plan = connector.plan(request);
    if (plan.outcome === 'planned') {
      return { outcome: 'planned', connector, plan, rest: candidates.slice(index + 1), passed };
    }
    const { scheme } = plan;
    const refused = { ...plan, connector, passed, ...(scheme === undefined ? {} : { scheme }) };
    if (!ANOTHER_MAY.has(plan.code)) return refused;
    passed[connector.id] = plan.code;
    first ??= refused;
  }
  if (first === null) throw new Error('A route without connectors');
  return first;
}

/** Which connectors were considered and what became of each; nothing where there was no choice. */
export function routeStory(
  candidates: readonly RouteCandidate[],
  { connector: chosen, passed }: PlannedRoute | RefusedRoute,
): SessionEvent['data'] {
  if (candidates.length === 1) return {};
  const route = candidates.map(({ connector: { id }, isHealthy }) => ({
    connector: id,
    outcome: id === chosen.id ? 'chosen' : id in passed ? 'passed' : 'in_reserve',
    ...(passed[id] === undefined ? {} : { code: passed[id] }),
    ...(isHealthy ? {} : { isHealthy }),
  }));
  return { route };
}

/** Whether the 3DS Method has had its turn, as far as the plan knows of one. */
export function isMethodHeard(plan: Planned, device: DeviceData | null, said: MethodCompletion | null): boolean {
  const isSaid = said === 'Y' || said === 'N';
  return isSaid || (plan.methodUrl === undefined && plan.startsAt !== 'creation') || !hasMethod(device);
}

/** Whether the issuer can be asked at once: an upstream that starts at creation decides about the method by itself. */
export function goesOutAtOnce(plan: Planned, device: DeviceData | null, said: MethodCompletion | null): boolean {
  return device !== null && (plan.startsAt === 'creation' || isMethodHeard(plan, device, said));
}
