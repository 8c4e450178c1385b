/** What single transactions are to meet, whatever their card: for replaying what another authentication met. */
import { Injectable } from '@nestjs/common';
import type { ChallengeResult } from '../acs/challenge.machine';
import type { FieldReader } from './field-reader';

/** Failures of the transport. */
export const SCRIPTED_FAILURES = ['timeout', 'reset', 'garbage', 'html', 'empty', 'status500'] as const;
const KINDS = ['result', 'challenge', 'erro', ...SCRIPTED_FAILURES] as const;
const LETTERS = ['Y', 'A', 'N', 'R', 'U', 'I'] as const;
const RESULT_LETTERS = ['Y', 'A', 'N', 'R', 'U'] as const;
const COMPONENTS = ['C', 'S', 'D', 'A'] as const;

export type ScriptedFailure = (typeof SCRIPTED_FAILURES)[number];

/** The answer to the AReq. */
export type ScriptedAnswer =
  | { readonly kind: 'result'; readonly transStatus: (typeof LETTERS)[number]; readonly reason: string | null }
  | { readonly kind: 'challenge'; readonly mandated: boolean }
  | { readonly kind: 'erro'; readonly code: string; readonly component: (typeof COMPONENTS)[number] }
  | { readonly kind: ScriptedFailure };

/** The answer, and how the challenge ends when it is played; null: it never does by itself. */
export interface Script {
  readonly answer: ScriptedAnswer;
  readonly result: (ChallengeResult & { readonly tries: number }) | null;
}

const MAX_SCRIPTS = 1_000;

/** Scripts by the 3DS Server's transaction id, until the process ends or a thousand newer ones came. */
@Injectable()
export class ScriptStore {
  private readonly scripts = new Map<string, Script>();

  put(threeDSServerTransID: string, script: Script): void {
    this.scripts.delete(threeDSServerTransID);
    this.scripts.set(threeDSServerTransID, script);
    const [oldest] = this.scripts.keys();
    if (this.scripts.size > MAX_SCRIPTS && oldest !== undefined) this.scripts.delete(oldest);
  }

  find(threeDSServerTransID: string): Script | null {
    return this.scripts.get(threeDSServerTransID) ?? null;
  }
}

/** Reads `{answer, result}`; the caller finishes the reader. */
export function readScript(reader: FieldReader): Script {
  reader.only('answer', 'result');
  reader.require('answer');
  const answer = reader.object('answer');
  const result = reader.object('result');
  return {
    answer: answer === null ? { kind: 'timeout' } : readAnswer(answer),
    result: result && readResult(result),
  };
}

function readAnswer(reader: FieldReader): ScriptedAnswer {
  reader.require('kind');
  const kind = reader.oneOf('kind', KINDS, 'timeout');
  switch (kind) {
    case 'result':
      reader.require('transStatus');
      return { kind, transStatus: reader.oneOf('transStatus', LETTERS, 'U'), reason: reader.text('reason', null) };
    case 'challenge':
      return { kind, mandated: reader.flag('mandated', false) };
    case 'erro':
      return { kind, code: reader.text('code', '403'), component: reader.oneOf('component', COMPONENTS, 'D') };
    default:
      return { kind };
  }
}

function readResult(reader: FieldReader): NonNullable<Script['result']> {
  reader.require('transStatus');
  const reason = reader.text('reason', null);
  const challengeCancel = reader.text('challengeCancel', null);
  return {
    transStatus: reader.oneOf('transStatus', RESULT_LETTERS, 'U'),
    ...(reason === null ? {} : { transStatusReason: reason }),
    ...(challengeCancel === null ? {} : { challengeCancel }),
    ...(reader.flag('malformed', false) ? { malformed: true as const } : {}),
    tries: reader.integer('tries', [0, 99], 1),
  };
}
