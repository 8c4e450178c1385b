/** What holds for any message, sound or not. */
import * as fc from 'fast-check';
import {
  decodeMessage,
  decodeThreeDSMethodData,
  MESSAGE_TYPES,
  parseMessage,
  ProtocolError,
  serializeMessage,
  type Message,
  type MessageType,
} from '@app/emv3ds';
import { refusal, vector, vectorNames } from './vectors';

const anything = { expect: MESSAGE_TYPES, receiver: 'S' } as const;
const vectors = vectorNames.map((name) => [name, vector(name)] as const);
const CONTEXT = {
  areq: { deviceChannel: '02', messageCategory: '01', threeDSRequestorDecReqInd: 'Y' },
} as const;

const onlyProtocolErrors = (act: () => unknown): void => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
  }
};

it.each(vectors)('reading what was written gives the same message: %s', (_, message) => {
  const parsed = parseMessage(JSON.stringify(message), { ...anything, context: CONTEXT });
  const text = serializeMessage(parsed);

  expect(parsed).toEqual(message);
  expect(parseMessage(text, { ...anything, context: CONTEXT })).toEqual(message);
  expect(Object.keys(JSON.parse(text) as object).slice(0, 2)).toEqual(['messageType', 'messageVersion']);
});

it('writes no undefined members', () => {
  const message = { ...vector('rres.received.2.2.0'), messageExtension: undefined } as unknown as Message;

  expect(serializeMessage(message)).toBe(JSON.stringify(vector('rres.received.2.2.0')));
});

it('throws nothing but protocol errors, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => onlyProtocolErrors(() => parseMessage(bytes, anything))),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      onlyProtocolErrors(() => parseMessage(text, anything));
      onlyProtocolErrors(() => decodeMessage(text, anything));
      onlyProtocolErrors(() => decodeThreeDSMethodData(text, 'A'));
    }),
  );
});

it('throws nothing but protocol errors, whatever the JSON', () => {
  const messageLike = fc.record(
    { messageType: fc.constantFrom<MessageType>(...MESSAGE_TYPES), messageVersion: fc.constant('2.2.0') },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(messageLike, fc.object({ maxDepth: 4 }), (head, rest) =>
      onlyProtocolErrors(() => parseMessage(JSON.stringify({ ...rest, ...head }), anything)),
    ),
  );
});

it('names the element that was spoilt, and no other, whatever stands in it', () => {
  const cases = vectors.flatMap(([name, message]) =>
    Object.keys(message)
      .filter((field) => field !== 'messageType' && field !== 'messageVersion' && name !== 'erro.2.2.0')
      .map((field) => [name, field] as const),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...cases),
      fc.oneof(fc.integer(), fc.constant({}), fc.constant([[]]), fc.constant('\u0000'.repeat(90_000))),
      ([name, field], value) => {
        const outcome = refusal(() =>
          parseMessage(JSON.stringify(vector(name, { [field]: value })), { ...anything, context: CONTEXT }),
        );
        // A field in a role (category, status, indicator) decides what else is needed, so more may be named with it;
        // an empty object is a sound one where every member is optional.
        if (outcome !== 'accepted')
          expect(outcome.split(' ').slice(2).join(' ')).toMatch(/^\w+(\.\w+)?(,\w+(\.\w+)?)*$/);
        if (outcome.startsWith('203')) expect(outcome).toContain(field);
      },
    ),
    { numRuns: 500 },
  );
});

it('stands up to deep nesting, and to size', () => {
  expect(refusal(() => parseMessage('['.repeat(1_000_000), anything))).toMatch(/^101 S .*too deeply nested/);
  expect(refusal(() => parseMessage('{"a":'.repeat(100_000), anything))).toMatch(/^101 S .*too deeply nested/);
  expect(refusal(() => parseMessage(' '.repeat(2_000_000), { expect: ['ARes'], receiver: 'S' }))).toBe(
    '101 S Message is too long',
  );
});
