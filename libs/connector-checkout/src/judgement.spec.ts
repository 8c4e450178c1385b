import { judge, type Judgement, type UpstreamReply } from './judgement';
import { anAnswer, UPSTREAM_ID } from './testing/attempt';
import { VERBS, type Verb } from './verbs';

const answered = (status: number, json?: unknown): UpstreamReply => ({ outcome: 'answered', status, json });
const error = (status: number, ...codes: string[]): UpstreamReply =>
  answered(status, { request_id: 'r-1', error_type: 'operation_not_allowed', error_codes: codes });
const failed = (reason: 'timeout' | 'cut' | 'refused' | 'no_token', requestSent: boolean): UpstreamReply => ({
  outcome: 'failed',
  reason,
  detail: reason,
  requestSent,
});

const ALL = Object.keys(VERBS) as Verb[];

describe('what an answer means for what was asked', () => {
  it.each<[string, Verb, UpstreamReply, Partial<Judgement>]>([
    ['a session', 'create', answered(202, anAnswer()), { is: 'session' }],
    ['a session', 'get', answered(200, anAnswer()), { is: 'session' }],
    ['a success without a session', 'create_and_ask', answered(201, { ok: true }), { is: 'unknown' }],
    ['a success without JSON', 'collect_data', answered(200), { is: 'unknown' }],
    ['an empty completion', 'complete', answered(204), { is: 'done' }],
    [
      'a card that cannot be authenticated',
      'create_and_ask',
      error(403, 'card_not_enrolled'),
      { is: 'refused', kind: 'not_allowed', codes: ['card_not_enrolled'] },
    ],
    [
      'a source that cannot be used',
      'create',
      error(403, 'invalid_token'),
      { is: 'refused', codes: ['invalid_token'] },
    ],
    ['the account’s own trouble', 'create', error(403, 'operation_not_allowed_for_scope'), { is: 'not_done' }],
    [
      'a scheme that is away',
      'create_and_ask',
      error(403, 'operation_not_allowed', 'scheme_outage'),
      { is: 'not_done' },
    ],
    ['no code at all', 'create', error(403), { is: 'not_done' }],
    ['a directory server’s failure', 'create_and_ask', error(403, 'ds_error'), { is: 'issuer_failed' }],
    ['another state', 'collect_data', error(403, 'update_not_allowed_due_to_state'), { is: 'other_state' }],
    ['another state', 'complete', error(403, 'update_not_allowed_due_to_state'), { is: 'other_state' }],
    ['a busy session', 'fingerprint_and_ask', error(409, 'duplicate_requests_detected'), { is: 'other_state' }],
    ['a conflict at creation', 'create_and_ask', error(409, 'conflict'), { is: 'not_done' }],
    [
      'a field that is wrong',
      'create',
      error(422, 'source_number_invalid'),
      { is: 'refused', kind: 'invalid', codes: ['source_number_invalid'] },
    ],
    [
      'a field by another name',
      'create',
      error(422, 'card_number_invalid', 'number_invalid'),
      { is: 'refused', codes: ['source_number_invalid'] },
    ],
    ['no field at all', 'create', error(422), { is: 'refused', codes: ['request_invalid'] }],
    [
      'fields of ours only',
      'create',
      error(422, 'completion_callback_url_invalid', 'reference_invalid'),
      { is: 'not_done' },
    ],
    [
      'fields of ours among others',
      'create',
      error(422, 'reference_invalid', 'amount_invalid'),
      { is: 'refused', codes: ['amount_invalid'] },
    ],
    ['a feature that is not there', 'create_and_ask', error(501, 'not_implemented'), { is: 'not_done' }],
    [
      'codes that are no codes',
      'create',
      answered(422, { error_codes: ['<b>', 7, null, 'x'.repeat(200)] }),
      { is: 'refused', codes: ['request_invalid'] },
    ],
  ])('%s at %s', (_, verb, reply, expected) => {
    expect(judge(verb, reply)).toMatchObject(expected);
  });

  it.each([400, 401, 404, 405, 406, 413, 415, 429])('was not done at %d', (status) => {
    for (const verb of ALL) expect(judge(verb, answered(status))).toMatchObject({ is: 'not_done' });
  });

  it.each([100, 301, 302, 408, 500, 502, 503, 504, 599])('may have been done at %d', (status) => {
    for (const verb of ALL) expect(judge(verb, answered(status))).toMatchObject({ is: 'unknown' });
  });

  it.each<[UpstreamReply, Judgement['is'], string]>([
    [failed('timeout', true), 'unknown', '402'],
    [failed('cut', true), 'unknown', '405'],
    [failed('refused', false), 'not_done', '405'],
    [failed('no_token', false), 'not_done', '405'],
  ])('goes by what may have arrived where no answer came: %#', (reply, is, code) => {
    for (const verb of ALL) expect(judge(verb, reply)).toMatchObject({ is, cause: { code, component: 'S' } });
  });

  it('tells operators what was said, with the request to name', () => {
    expect(judge('create', error(403, 'scheme_outage'))).toMatchObject({
      cause: { detail: 'HTTP 403 operation_not_allowed scheme_outage (request r-1)' },
    });
  });

  it('gives the session as it was read', () => {
    expect(judge('get', answered(200, anAnswer()))).toMatchObject({ session: { id: UPSTREAM_ID, status: 'approved' } });
  });
});
