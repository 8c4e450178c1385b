import { legOf } from './leg';
import type { SessionEvent } from './session';

const line = (type: string, more: Partial<Pick<SessionEvent, 'from' | 'data'>> = {}) =>
  legOf({ type, from: null, data: {}, ...more });

describe('the leg of a line', () => {
  it('follows from its type where that says it', () => {
    expect(line('created')).toBe('created');
    expect(line('refused')).toBe('created');
    expect(line('method_reported')).toBe('method');
    expect(line('request_sent')).toBe('request');
    expect(line('challenge_required', { data: { resultSource: 'ARes' } })).toBe('answer');
    expect(line('challenge_returned')).toBe('challenge');
    expect(line('challenge_declined')).toBe('challenge');
    expect(line('cancelled', { from: 'pending' })).toBe('method');
    expect(line('completed')).toBe('callback');
  });

  it('of an outcome is where it came from', () => {
    expect(line('authenticated', { data: { resultSource: 'ARes' } })).toBe('answer');
    expect(line('authenticated', { data: { resultSource: 'RReq' } })).toBe('result');
    expect(line('authenticated')).toBeNull();
  });

  it('of a deadline is what did not come', () => {
    expect(line('deadline_passed', { from: 'processing' })).toBe('answer');
    expect(line('deadline_passed', { from: 'challenged' })).toBe('challenge');
    expect(line('deadline_passed', { from: 'pending' })).toBeNull();
    expect(line('ended_by_operator', { from: 'challenged' })).toBe('challenge');
  });

  it('of a type that nobody knows is none', () => {
    expect(line('toString')).toBeNull();
    expect(line('constructor')).toBeNull();
  });
});
