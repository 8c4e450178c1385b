import { encodeId, Secret } from '@app/kernel';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { SESSION_ID, UPSTREAM_ID } from './testing/attempt';
import { isSigned, readWebhook } from './webhook';

const KEYS = [new Secret('new key'), new Secret('old key')];
const sign = (body: string | Uint8Array, key: string): string => createHmac('sha256', key).update(body).digest('hex');

describe('the signature of a webhook', () => {
  const body = Buffer.from('{"id":"evt_1"}');

  it.each([
    ['the newest key', sign(body, 'new key'), KEYS, true],
    ['the other key of a rotation', sign(body, 'old key'), KEYS, true],
    ['another key', sign(body, 'key'), KEYS, false],
    ['no key at all', sign(body, ''), [], false],
    ['upper case', sign(body, 'new key').toUpperCase(), KEYS, false],
    ['a prefix', `sha256=${sign(body, 'new key')}`, KEYS, false],
    ['nothing', '', KEYS, false],
    ['half of it', sign(body, 'new key').slice(0, 32), KEYS, false],
    ['zeros', '0'.repeat(64), KEYS, false],
  ])('by %s', (_, signature, keys, expected) => {
    expect(isSigned(body, signature, keys)).toBe(expected);
  });

  it('is one of the bytes, not of their meaning', () => {
    expect(isSigned(Buffer.from('{ "id":"evt_1"}'), sign(body, 'new key'), KEYS)).toBe(false);
  });

  it('fits no body that was changed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, flip) => {
          const changed = Uint8Array.from(bytes);
          changed[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;

          expect(isSigned(bytes, sign(bytes, 'old key'), KEYS)).toBe(true);
          expect(isSigned(changed, sign(bytes, 'old key'), KEYS)).toBe(false);
        },
      ),
    );
  });
});

describe('what a webhook tells', () => {
  const read = (body: unknown) => readWebhook(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
  const event = (over: object = {}, data: object = {}): object => ({
    id: 'evt_ql5mtq624twrdnpkajbkyeqaai',
    type: 'authentication_approved',
    version: '1.0.1',
    created_on: '2026-11-23T10:00:00Z',
    data: { session_id: UPSTREAM_ID, reference: `${encodeId('session', SESSION_ID)} order 1`, ...data },
    ...over,
  });

  it('names both sessions where it does', () => {
    expect(read(event())).toMatchObject({
      is: 'event',
      eventId: 'evt_ql5mtq624twrdnpkajbkyeqaai',
      type: 'authentication_approved',
      upstreamId: UPSTREAM_ID,
      sessionId: SESSION_ID,
    });
  });

  it('names one where it has one', () => {
    expect(read(event({}, { reference: 'order 1' }))).toMatchObject({ is: 'event', upstreamId: UPSTREAM_ID });
    expect(read(event({}, { reference: 'order 1' }))).not.toHaveProperty('sessionId');
    expect(read(event({}, { session_id: 'x' }))).toMatchObject({ is: 'event', sessionId: SESSION_ID });
  });

  it.each<[string, object]>([
    ['a payment', event({ type: 'payment_approved' })],
    ['no session', event({ data: {} })],
    ['no data', event({ data: null })],
  ])('is of no concern about %s', (_, body) => {
    expect(read(body)).toMatchObject({ is: 'of_no_concern' });
  });

  it.each<[string, unknown]>([
    ['nothing', ''],
    ['text', 'hello'],
    ['a list', [event()]],
    ['no type', event({ type: undefined })],
    ['no id', event({ id: undefined })],
    ['an id that is none', event({ id: 'a b' })],
  ])('cannot be read from %s', (_, body) => {
    expect(read(body)).toEqual({ is: 'unreadable' });
  });

  // The shape of issue 408 of the Node SDK: stray bytes in place of `"data":`.
  const malformed = (gap: string, type = 'authentication_failed'): string =>
    `{\n  "id": "evt_1",\n  "type": "${type}",\n  "version": "2.1.0",\n  "created_on": "2025-09-15T07:31:18.241Z",\n` +
    `${gap}    "reason": "Declined",\n    "session_id": "${UPSTREAM_ID}",\n    "response_code": "N"\n  }\n}`;

  it.each([
    ['a stray character and a brace', '\uFFFD\n{\n'],
    ['a brace', '{\n'],
    ['nothing', ''],
    ['a stray character', '  \uFFFD'],
  ])('is repaired where %s stands in place of the opening of its data', (_, gap) => {
    expect(read(malformed(gap))).toMatchObject({
      is: 'event',
      upstreamId: UPSTREAM_ID,
      body: { data: { reason: 'Declined', response_code: 'N' } },
    });
  });

  it('is repaired where the stray byte is no text at all', () => {
    const [head = '', tail = ''] = malformed('\uFFFD\n{\n').split('\uFFFD');
    const bytes = Buffer.concat([Buffer.from(head), Buffer.from([0xff]), Buffer.from(tail)]);

    expect(readWebhook(bytes)).toMatchObject({ is: 'event', upstreamId: UPSTREAM_ID });
  });

  it('is not repaired where it is of another type', () => {
    expect(read(malformed('{', 'authentication_approved'))).toEqual({ is: 'unreadable' });
  });

  it('never throws at any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readWebhook(bytes)));
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (gap) => void read(malformed(gap))));
  });
});
