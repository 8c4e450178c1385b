/** What a made-up merchant was told of its session, with every try. Pure. */
import { RETRY_DELAYS_SECONDS, type CallbackRow, type DeliveryProblem } from '@app/callbacks';
import { callbackPayload } from '../domain/callback-payload';
import type { Session } from '../domain/session';
import type { Chance } from './chance';

export interface DemoDelivery {
  readonly try: number;
  readonly at: Date;
  readonly latencyMs: number;
  readonly status: number | null;
  readonly problem: DeliveryProblem | null;
}

/** A message whose story is over: delivered, or given up. */
export interface DemoCallback {
  readonly row: CallbackRow;
  readonly state: 'delivered' | 'dead';
  readonly deliveries: readonly DemoDelivery[];
  /** When the last try was answered. */
  readonly toldAt: Date;
}

/** How the merchant's endpoint is: it answers, it answers at the second try, or it is away for days. */
export type EndpointMood = 'well' | 'slow' | 'away';

export const isGivenUp = ({ state }: DemoCallback): boolean => state === 'dead';

/** The message of a session, owed from `createdAt` on and sent first at `dueAt`. */
export function demoCallback(
  session: Session,
  { createdAt, dueAt }: { readonly createdAt: Date; readonly dueAt: Date },
  mood: EndpointMood,
  chance: Chance,
): DemoCallback {
  const deliveries = triesOf(mood, dueAt, chance);
  const last = deliveries.at(-1);
  return {
    row: {
      id: chance.uuidAt(createdAt),
      merchant_id: session.merchantId,
      environment: session.environment,
      channel_id: session.channelId,
      session_id: session.id,
      kind: 'session_completed',
      url: session.callbackUrl,
      payload: callbackPayload(session),
      next_try_at: null,
      created_at: createdAt,
    },
    state: mood === 'away' ? 'dead' : 'delivered',
    deliveries,
    toldAt: new Date((last?.at ?? dueAt).getTime() + (last?.latencyMs ?? 0)),
  };
}

function triesOf(mood: EndpointMood, dueAt: Date, chance: Chance): DemoDelivery[] {
  if (mood === 'well') return [taken(1, dueAt, chance)];
  if (mood === 'slow') {
    const first: DemoDelivery = { try: 1, at: dueAt, latencyMs: 7_000, status: null, problem: 'timeout' };
    const [delaySeconds = 0] = RETRY_DELAYS_SECONDS;
    return [first, taken(2, new Date(dueAt.getTime() + first.latencyMs + delaySeconds * 1_000), chance)];
  }
  let at = dueAt.getTime();
  return [0, ...RETRY_DELAYS_SECONDS].map((delaySeconds, index) => {
    at += delaySeconds * 1_000 * (0.95 + chance.next() / 10);
    const latencyMs = chance.between(20, 300);
    return { try: index + 1, at: new Date(at), latencyMs, status: 503, problem: 'bad_status' };
  });
}

const taken = (number: number, at: Date, chance: Chance): DemoDelivery => ({
  try: number,
  at,
  latencyMs: chance.between(35, 420),
  status: 200,
  problem: null,
});
