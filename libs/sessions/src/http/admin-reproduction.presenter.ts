import { encodeId } from '@app/kernel';
import type { PlannedReproduction } from '../admin/session-reproductions.service';
import { whyNotReproduced, wordsOf, type ReproducedEnd, type ReproductionPlan } from '../domain/reproduction';
import type { Session } from '../domain/session';
import type { IssuerScript, ScriptedAnswer, ScriptedResult } from '../simulator';

type Json = Record<string, unknown>;

/** What would be replayed and what would not, in sentences for people. */
export function presentReproductionPlan({ plan }: PlannedReproduction): Json {
  return {
    kind: plan.kind,
    code: plan.kind === 'not_possible' ? plan.code : null,
    explanation: explanationOf(plan),
    differences: plan.kind === 'not_possible' ? [] : plan.differences.map(wordsOf),
  };
}

/** The session that replays, as it stands. */
export function presentReproduced({ id, status, attempt }: Session): Json {
  return {
    session_id: encodeId('session', id),
    status,
    trans_status: attempt.facts.transStatus ?? null,
    trans_status_reason: attempt.facts.transStatusReason ?? null,
  };
}

function explanationOf(plan: ReproductionPlan): string[] {
  if (plan.kind === 'not_possible') return [whyNotReproduced(plan.code)];
  return [
    'This session stays as it is. Another one is made in the merchant’s channel “Simulator”, with the same amount, currency, scheme, reference, challenge indicator and browser.',
    ...(plan.script === null ? ['Nothing is asked of the simulator’s issuer.'] : scriptWords(plan.script)),
    ...END_WORDS[plan.end],
    'Nothing reaches a real issuer or an upstream.',
  ];
}

const END_WORDS: Readonly<Record<ReproducedEnd, readonly string[]>> = {
  issuer: [],
  deadline: ['It is ended as its deadline would, at once.'],
  left: ['It is ended as when the cardholder cancels before the issuer is asked.'],
  declined_challenge: ['It is ended as when the cardholder does not take the challenge on.'],
};

const scriptWords = ({ answer, result }: IssuerScript): string[] => [
  answerWords(answer),
  ...(answer.kind === 'challenge' ? [resultWords(result)] : []),
];

function answerWords(answer: ScriptedAnswer): string {
  switch (answer.kind) {
    case 'result':
      return `The simulator answers ${letter(answer)}, without a challenge.`;
    case 'challenge':
      return `The simulator asks for a challenge${answer.mandated ? ' that is mandated' : ''}.`;
    case 'erro':
      return `The simulator answers Erro ${answer.code} of component ${answer.component}.`;
    case 'timeout':
      return 'The simulator does not answer, so it takes 12 seconds to end.';
    case 'reset':
      return 'The simulator cuts the connection.';
    case 'html':
      return 'The simulator answers something that is no EMV 3DS message.';
  }
}

function resultWords(result: ScriptedResult | null): string {
  if (result === null) return 'No result of it comes.';
  if (result.malformed) return 'Its result lacks the authentication value, and has to be refused.';
  const cancel = result.challengeCancel === null ? '' : `, challengeCancel ${result.challengeCancel}`;
  return `Its result is ${letter(result)}${cancel}.`;
}

const letter = ({ transStatus, reason }: { transStatus: string; reason: string | null }): string =>
  `transStatus ${transStatus}${reason === null ? '' : `, reason ${reason}`}`;
