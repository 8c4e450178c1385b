/** What a session that has ended met, and how the simulator can be made to meet another one with the same. Pure. */
import type { BrowserData, DeviceData } from '@app/authentication-port';
import type { IssuerScript, ScriptedAnswer, ScriptedResult, SimulatorCard } from '../simulator';
import type { Session } from './session';
import { isFinal } from './session.machine';

/** All that a decision rests on. */
export type Original = Pick<Session, 'status' | 'statusReason' | 'deviceChannel' | 'device' | 'challenged'> & {
  readonly attempt: Pick<Session['attempt'], 'connector' | 'scheme' | 'protocolVersion' | 'facts'>;
};

/** How it ends: as the issuer's side says, at its deadline, or because its cardholder left. */
export type ReproducedEnd = 'issuer' | 'deadline' | 'left' | 'declined_challenge';

/** What is told not to be the same. */
export type Difference = keyof typeof DIFFERENCES;

export type ReproductionObstacle = keyof typeof OBSTACLES;

export type ReproductionPlan =
  | { readonly kind: 'not_possible'; readonly code: ReproductionObstacle }
  | {
      readonly kind: 'replay';
      readonly card: SimulatorCard;
      /** Null: nothing is asked of the issuer's side. */
      readonly script: IssuerScript | null;
      readonly end: ReproducedEnd;
      readonly differences: readonly Difference[];
    };

const OBSTACLES = {
  session_refused: 'The request was turned away at creation: there was no authentication that could be replayed',
  session_not_final: 'It has not ended: what it will have met is not known yet',
  cardholder_not_at_browser: 'Its cardholder was not at a browser, and the simulator plays browsers only',
  scheme_not_simulated: 'The simulator has no card of its scheme',
} as const;

/** Why it cannot be reproduced, in a sentence. */
export const whyNotReproduced = (code: ReproductionObstacle): string => `${OBSTACLES[code]}.`;

const DIFFERENCES = {
  card: 'The card is a published test card of the same scheme; the real one is not read.',
  cardholder:
    'Name, addresses and contact data of the cardholder are left out, and the IP address is one for documentation.',
  times: 'Nobody waits as long as then: a challenge is answered at once.',
  callback: 'The merchant is not called back.',
  connector: 'It goes through our 3DS Server, whatever connector the session went through.',
  version: 'The simulator speaks EMV 3DS 2.2.0.',
  device: 'The device data are a usual browser’s: the session’s were not kept, or nobody gave any.',
  trans_status: 'Which transStatus there was is not known: the one that its status stands for is replayed.',
  reason:
    'The reason is one that its transStatus cannot come without in EMV 3DS 2.2.0: the session’s is not known, or of another version.',
  risk_declined: 'That it was declined by the upstream’s own check cannot be replayed: the issuer declines.',
  error: 'The error is another one of the same kind: what was wrong with the message itself is not replayed.',
} as const;

export const wordsOf = (difference: Difference): string => DIFFERENCES[difference];

/** The letter that each status stands for where none was kept. */
const LETTERS = {
  approved: 'Y',
  attempted: 'A',
  declined: 'N',
  rejected: 'R',
  unavailable: 'U',
  challenge_abandoned: 'N',
} as const;

type Ended = keyof typeof LETTERS;
type ResultLetter = ScriptedResult['transStatus'];

/** What a letter cannot come without (emv-3ds.md section 2.3), as the simulator's own cards have it. */
const USUAL_REASONS: Partial<Record<string, string>> = { N: '01', R: '11', U: '22' };
/** Reasons of EMV 3DS 2.2.0; 80 to 99 are directory servers' own. */
const REASON = /^(0[1-9]|1\d|2[0-6]|[89]\d)$/;
/** The cardholder cancelled (challengeCancel), and what the issuer makes of it (emv-3ds.md section 1.8). */
const CANCELLED = { challengeCancel: '01', reason: '26' } as const;

const VERSION = '2.2.0';

/** What is true of every reproduction. */
const ALWAYS: readonly Difference[] = ['card', 'cardholder', 'times', 'callback'];

/** What it was with the first of these that is so: the answer, the result, how it ends. */
interface Told {
  readonly answer: ScriptedAnswer | null;
  readonly result?: ScriptedResult | null;
  readonly end?: ReproducedEnd;
  readonly differences?: readonly Difference[];
}
type Rule = readonly [holds: (original: Original) => boolean, tell: (original: Original) => Told];

/** Silence and broken connections as our 3DS Server notes them (emv-3ds.md section 4.1), by code. */
const OF_TRANSPORT: Partial<Record<string, ScriptedAnswer>> = {
  '101': { kind: 'html' },
  '402': { kind: 'timeout' },
  '405': { kind: 'reset' },
};

const CHALLENGE = ({ attempt }: Original): ScriptedAnswer => ({
  kind: 'challenge',
  mandated: attempt.facts.acs?.challengeMandated ?? false,
});

/** In order: the first that holds tells. */
const RULES: readonly Rule[] = [
  [({ attempt }) => attempt.facts.cancelled === 'before_request', () => ({ answer: null, end: 'left' })],
  [({ status }) => status === 'expired', () => ({ answer: null, end: 'deadline' })],
  [
    ({ attempt }) => attempt.facts.cancelled === 'before_challenge',
    (original) => ({ answer: CHALLENGE(original), result: null, end: 'declined_challenge' }),
  ],
  [
    ({ statusReason }) => statusReason === 'rreq_error',
    (original) => ({ answer: CHALLENGE(original), result: { ...resultWith('Y'), malformed: true } }),
  ],
  [
    // Nobody learned how the challenge ended: its deadline did.
    ({ status, attempt }) => status === 'challenge_abandoned' && attempt.facts.transStatus === 'C',
    (original) => ({ answer: CHALLENGE(original), result: null, end: 'deadline' }),
  ],
  [
    ({ status, attempt }) => status === 'challenge_abandoned' && attempt.facts.challengeCancel === undefined,
    abandonedChallenge,
  ],
  [({ statusReason }) => statusReason === 'ares_error', failedAnswer],
  [({ attempt, challenged }) => attempt.facts.resultSource === 'RReq' || challenged === true, challengedResult],
  [() => true, frictionlessResult],
];

/** How the simulator would be made to do the same. `cards` are those that it has. */
export function reproduction(original: Original, cards: readonly SimulatorCard[]): ReproductionPlan {
  if (!isFinal(original.status)) return { kind: 'not_possible', code: 'session_not_final' };
  if (original.deviceChannel === 'app' || original.deviceChannel === 'merchant_initiated') {
    return { kind: 'not_possible', code: 'cardholder_not_at_browser' };
  }
  const card = cardFor(original, cards);
  if (card === null) return { kind: 'not_possible', code: 'scheme_not_simulated' };
  const [, tell] = RULES.find(([holds]) => holds(original)) ?? [null, frictionlessResult];
  const { answer, result = null, end = 'issuer', differences = [] } = tell(original);
  return {
    kind: 'replay',
    card,
    script: answer && { answer, result },
    end,
    differences: [...ALWAYS, ...differencesOf(original, answer !== null), ...differences],
  };
}

/** A card of the scheme that takes part; of several, the one whose own story is most like it. */
function cardFor({ attempt: { scheme }, status, challenged }: Original, cards: readonly SimulatorCard[]) {
  const able = cards.filter((card) => card.scheme === scheme && card.status !== 'error');
  const flow = challenged === true ? 'challenge' : 'frictionless';
  const likeness = (card: SimulatorCard): number => Number(card.flow === flow) + 2 * Number(card.status === status);
  return able.reduce<SimulatorCard | null>(
    (best, card) => (best === null || likeness(card) > likeness(best) ? card : best),
    null,
  );
}

function differencesOf({ attempt, device, statusReason }: Original, isAsked: boolean): Difference[] {
  return [
    ...(attempt.connector === 'emv3ds' ? [] : ['connector' as const]),
    ...(attempt.protocolVersion === VERSION ? [] : ['version' as const]),
    ...(isAsked && device?.channel !== 'browser' ? ['device' as const] : []),
    ...(statusReason === 'risk_declined' ? ['risk_declined' as const] : []),
  ];
}

/** No answer, a broken one, or an Erro in its place. */
function failedAnswer({ attempt: { facts } }: Original): Told {
  const { error } = facts;
  if (error === undefined) return { answer: { kind: 'reset' }, differences: ['error'] };
  const { code, component } = error;
  if (component === 'A' || component === 'C' || component === 'D') return { answer: { kind: 'erro', code, component } };
  const known = OF_TRANSPORT[code];
  return known === undefined ? { answer: { kind: 'html' }, differences: ['error'] } : { answer: known };
}

/** An upstream told that it was left, and not by whose word. */
function abandonedChallenge(original: Original): Told {
  const { transStatus, transStatusReason } = original.attempt.facts;
  const isKnown = transStatusReason !== undefined && REASON.test(transStatusReason);
  return {
    answer: CHALLENGE(original),
    result: resultWith('N', { ...CANCELLED, ...(isKnown ? { reason: transStatusReason } : {}) }),
    differences: [...(transStatus === 'N' ? [] : ['trans_status' as const]), ...(isKnown ? [] : ['reason' as const])],
  };
}

function challengedResult(original: Original): Told {
  const { transStatus, reason, differences } = decisionOf(original);
  const { challengeCancel, interactionCounter } = original.attempt.facts;
  return {
    answer: CHALLENGE(original),
    result: resultWith(transStatus === 'I' ? 'A' : transStatus, {
      reason,
      challengeCancel: challengeCancel ?? null,
      tries: Number(interactionCounter ?? 1),
    }),
    differences,
  };
}

function frictionlessResult(original: Original): Told {
  const { transStatus, reason, differences } = decisionOf(original);
  return { answer: { kind: 'result', transStatus, reason }, differences };
}

/** Letter and reason as they were kept; where they were not, or EMV 3DS 2.2.0 has them not, those that stand for the status. */
function decisionOf({ status, attempt: { facts } }: Original): {
  transStatus: ResultLetter | 'I';
  reason: string | null;
  differences: Difference[];
} {
  const kept = isResult(facts.transStatus) ? facts.transStatus : null;
  const transStatus = kept ?? LETTERS[status as Ended];
  const usual = USUAL_REASONS[transStatus] ?? null;
  const reason =
    facts.transStatusReason !== undefined && REASON.test(facts.transStatusReason) ? facts.transStatusReason : usual;
  return {
    transStatus,
    reason,
    differences: [
      ...(kept === null ? ['trans_status' as const] : []),
      ...(reason === (facts.transStatusReason ?? null) ? [] : ['reason' as const]),
    ],
  };
}

const isResult = (letter: string | undefined): letter is ResultLetter | 'I' =>
  letter !== undefined && ['Y', 'A', 'N', 'R', 'U', 'I'].includes(letter);

function resultWith(
  transStatus: ResultLetter,
  more: { reason?: string | null; challengeCancel?: string | null; tries?: number } = {},
): ScriptedResult {
  const { reason = null, challengeCancel = null, tries = 1 } = more;
  return { transStatus, reason, challengeCancel, tries, malformed: false };
}

/** Addresses that are nobody's (RFC 5737, RFC 3849). */
const NOBODYS = { v4: '203.0.113.1', v6: '2001:db8::1' };

const USUAL_BROWSER: BrowserData = {
  acceptHeader: 'text/html',
  javaEnabled: false,
  javascriptEnabled: true,
  language: 'en-GB',
  colorDepth: '24',
  screenHeight: '1080',
  screenWidth: '1920',
  timezone: '0',
  userAgent: 'Countersign simulator',
  ipAddress: NOBODYS.v4,
};

/** The same browser at an address of nobody's; a usual one where none is known. */
export function reproducedDevice(device: DeviceData | null): Extract<DeviceData, { channel: 'browser' }> {
  if (device?.channel !== 'browser') return { channel: 'browser', browser: USUAL_BROWSER };
  const ipAddress = device.browser.ipAddress.includes(':') ? NOBODYS.v6 : NOBODYS.v4;
  return { channel: 'browser', browser: { ...device.browser, ipAddress } };
}

/** What is asked for again of a purchase: nothing that is anybody's. */
export function reproducedPurchase(purchase: Session['details']['purchase']): Session['details']['purchase'] {
  const { authenticationType, authenticationCategory, challengeIndicator, transactionType, recurring, installment } =
    purchase;
  return {
    authenticationType,
    authenticationCategory,
    challengeIndicator,
    transactionType,
    ...(recurring === undefined ? {} : { recurring }),
    ...(installment === undefined ? {} : { installment }),
  };
}
