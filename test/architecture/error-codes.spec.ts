import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ErrorKind } from '@app/kernel';
import { ERROR_KINDS } from '@app/platform';
import { readErrorCodes, readErrorCodesOf } from './error-codes';

/** The codes of places where the code is no literal, and why these and no others. */
const OPEN_PLACES: Record<string, readonly string[]> = {
  // Built from the paths of the request's fields: always one of the two general forms.
  'libs/platform/src/request/validation.ts: ...new Set(codes)': ['{field}_required', '{field}_invalid'],
  // A connector's refusal: its literals are found where the connector makes them.
  'libs/sessions/src/sessions.errors.ts: code': [],
  // An upstream's refusal of a field: the connector has turned its codes into ours.
  'libs/sessions/src/sessions.errors.ts: refused.codes': [],
  'libs/sessions/src/idempotency.service.ts: code': ['idempotency_key_in_use', 'idempotency_key_reused'],
  // A refusal that was answered before: its code was counted where it was made.
  'libs/sessions/src/idempotency.service.ts: answer.refused.codes': [],
  // What is outside of somebody's scope is answered like what is not there: its literals are found where that is thrown.
  'libs/platform/src/admin/actor.ts: resource': [],
  // A row that is gone while it is edited: its literals are found where it was looked for.
  'libs/platform/src/database/versions.ts: resource': [],
  // What is no id is nobody's: its literals are found where things that are not there are looked for.
  'libs/credentials/src/http/admin.requests.ts: NAMES[kind]': [],
  // One of the problems that a new password can have (password-rules.ts).
  'libs/operators/src/new-password.ts: problem': ['password_too_short', 'password_is_email', 'password_too_common'],
  // Named after the operator's setting.
  'libs/credentials/src/credentials.errors.ts: problems.map(({ setting }) => `${snakeCase(setting)}_invalid`)': [
    '{field}_invalid',
  ],
};

interface Row {
  code: string;
  status: number;
  errorType: string;
  meaning: string;
  advice: string;
}

const ROW = /^\| `([^`]+)` +\| (\d{3}) +\| `([a-z_]+)` +\| (.+?) +\| (.+?) +\|$/;

const rows: Row[] = readFileSync(resolve(__dirname, '../../docs/errors.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, code = '', status = '', errorType = '', meaning = '', advice = ''] = ROW.exec(line) ?? [];
    return code ? [{ code, status: Number(status), errorType, meaning, advice }] : [];
  });

/** A field's own code is described by the general form. */
const described = (code: string, kind: string): string =>
  kind === 'invalid_request' ? code.replace(/^.+_(required|invalid)$/, '{field}_$1') : code;

const { thrown, open } = readErrorCodes();
const known = [
  ...thrown.map(({ code, kind }) => ({ code: described(code, kind), kind })),
  ...open.flatMap(({ place, kind }) => (OPEN_PLACES[place] ?? []).map((code) => ({ code, kind }))),
];
const answer = ({ code, kind }: { code: string; kind: string }): string => {
  const { status, errorType } = ERROR_KINDS[kind as ErrorKind];
  return `${code} ${status} ${errorType}`;
};

describe('the codes of errors', () => {
  it('are literals, except in places that are known', () => {
    expect([...new Set(open.map(({ place }) => place))].sort()).toEqual(Object.keys(OPEN_PLACES).sort());
  });

  it('have a form of their own: snake case', () => {
    for (const { code } of thrown) expect(code).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
  });

  it('are each described in docs/errors.md, with the status and type that they are answered with; nothing else is', () => {
    const answered = [...new Set(known.map(answer))].sort();

    expect(rows.map(({ code, status, errorType }) => `${code} ${status} ${errorType}`).sort()).toEqual(answered);
  });

  it('are described in words: what it means and what to do', () => {
    for (const { meaning, advice } of rows) {
      expect(meaning.length).toBeGreaterThan(10);
      expect(advice.length).toBeGreaterThan(7);
    }
  });

  it('were found at all: some that the contract names', () => {
    const codes = known.map(({ code }) => code);

    expect(codes).toEqual(
      expect.arrayContaining([
        'card_not_enrolled',
        'session_callback_failed',
        'session_already_in_use',
        'unauthorized',
        'unknown_error',
        'hosted_not_supported_for_app',
      ]) as string[],
    );
  });
});

describe('the search for codes', () => {
  it('reads every way in which an error is made', () => {
    const { thrown: found, open: unread } = readErrorCodesOf(`
      throw new NotFound('thing');
      throw new NotAllowed('no', 'text');
      throw new NotImplemented('it');
      throw new InvalidRequest(['a_required', \`b_invalid\`, ...more], 'text');
      new CountersignError('conflict', ['x', code], 'text');
      class Mine extends CountersignError { constructor() { super('too_many', ['slow_down'], 'text'); } }
      class Other extends Foreign { constructor() { super('too_many', ['ignored'], 'text'); } }
      const plan = { outcome: 'refused', code: 'card_bad', scheme };
      const answer = { outcome: 'failed', code: '405' };
    `);

    expect(found.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
      'not_found thing_not_found',
      'not_allowed no',
      'not_implemented it_not_supported',
      'invalid_request a_required',
      'invalid_request b_invalid',
      'conflict x',
      'too_many slow_down',
      'not_allowed card_bad',
    ]);
    expect(unread.map(({ place }) => place)).toEqual(['text.ts: ...more', 'text.ts: code']);
  });
});
