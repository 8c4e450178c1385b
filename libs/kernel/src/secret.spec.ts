import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { Secret } from './secret';

/** Long enough not to be found in a mask by accident. */
const anySecret = fc.string({ minLength: 12, maxLength: 60 }).filter((text) => text.trim().length >= 12);

/** Everything that code does to a value when it prints, logs, joins, copies or serialises it. */
const printed = (value: unknown): string =>
  [
    String(value),
    `${value as string}`,
    JSON.stringify({ a: [value] }),
    inspect(value, { depth: 9, showHidden: true, getters: true }),
    inspect({ deep: { deeper: [value] } }, { depth: 9, showHidden: true }),
    format('%s %o %O %j', value, value, value, value),
    [value].join(),
    new Error(String(value)).stack ?? '',
    JSON.stringify({ ...(value as object) }),
    JSON.stringify(Object.entries(value as object)),
    JSON.stringify(structuredClone({ ...(value as object) })),
    Reflect.ownKeys(value as object).join(),
  ].join('\n');

describe('a secret', () => {
  it('prints nothing of itself, however it is printed', () => {
    fc.assert(fc.property(anySecret, (text) => expect(printed(new Secret(text))).not.toContain(text)));
  });

  it('hides bytes and objects as well', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 32 }), anySecret, (bytes, text) => {
        const all = printed(new Secret(Buffer.from(bytes))) + printed(new Secret({ inside: text }));
        for (const form of ['hex', 'base64', 'latin1'] as const)
          expect(all).not.toContain(Buffer.from(bytes).toString(form));
        expect(all).not.toContain(text);
      }),
    );
  });

  it('gives itself to who asks for it', () => {
    fc.assert(fc.property(fc.anything(), (value) => expect(new Secret(value).expose()).toBe(value)));
  });
});
