import type { Message } from '../types';
import { flowWords } from '../words';
import { unavailableWords } from './words';

const exchange = (direction: Message['direction'], rest: Partial<Message>): Message => ({
  seq: 1,
  attempt: 1,
  direction,
  message_type: 'POST /sessions',
  at: '2026-11-30T12:00:00Z',
  latency_ms: null,
  body: null,
  problem: null,
  ...rest,
});
const SENT = exchange('sent', { body: { amount: 1 } });

describe('why a session is unavailable', () => {
  it.each([
    ['no connection stood', [SENT, exchange('received', { problem: 'refused' })]],
    ['no answer came in time', [SENT, exchange('received', { problem: 'timeout' })]],
    ['nothing was sent', []],
  ])('is that nobody answered, where %s', (_what, messages) => {
    expect(unavailableWords({ status_reason: 'ares_error', messages })).toBe(
      'Nobody answered the authentication request',
    );
  });

  it.each([
    ['an error came', exchange('received', { body: { errorCode: '402' } })],
    ['a status came alone', exchange('received', { problem: 'HTTP 502' })],
  ])('is the answer, where %s', (_what, received) => {
    expect(unavailableWords({ status_reason: 'ares_error', messages: [SENT, received] })).toBe(
      'The authentication request was not answered as it must be',
    );
  });

  it('is nothing where it is not', () => {
    expect(unavailableWords({ status_reason: null, messages: [] })).toBeNull();
  });
});

describe('which way the issuer went', () => {
  it.each([
    [true, 'C', 'Challenged'],
    [false, 'Y', 'Frictionless'],
    [false, null, null],
    [null, null, null],
  ])('challenged %s, letter %s: %s', (challenged, letter, words) => {
    expect(flowWords({ challenged, trans_status: letter })).toBe(words);
  });
});
