import fc from 'fast-check';
import { masked } from './masking';
import { CARD, CRYPTOGRAM } from './testing/attempt';

describe('a body as it may be kept', () => {
  it('has neither card data nor secrets', () => {
    const body = {
      source: { type: 'card', number: CARD, expiry_month: 3, expiry_year: 2031, name: 'A B' },
      completion: { callback_url: 'https://c.example/upstream/checkout/callbacks/sid_a.proof' },
      _links: { x: { href: 'https://c.example/3ds/checkout/challenge/sid_a.proof?x=1' } },
      cryptogram: CRYPTOGRAM,
      session_secret: 'sek_x',
      channel_data: { channel: 'browser', ip_address: '203.0.113.7' },
      customer_ip: '203.0.113.7',
      billing_address: { email: 'a@example.com', address_line1: '1 Road', zip: 'E1', country: 'GB' },
      billing_descriptor: { name: 'A SHOP' },
      reference: `order ${CARD}`,
    };

    expect(masked(body)).toEqual({
      source: {
        type: 'card',
        number: '44850403****6584',
        expiry_month: '[masked]',
        expiry_year: '[masked]',
        name: '[masked]',
      },
      completion: { callback_url: 'https://c.example/upstream/checkout/callbacks/[masked]' },
      _links: { x: { href: 'https://c.example/3ds/checkout/challenge/[masked]?x=1' } },
      cryptogram: '[masked]',
      session_secret: '[masked]',
      channel_data: { channel: 'browser', ip_address: '[masked]' },
      customer_ip: '[masked]',
      billing_address: { email: '[masked]', address_line1: '[masked]', zip: '[masked]', country: 'GB' },
      billing_descriptor: { name: 'A SHOP' },
      reference: 'order [masked]',
    });
  });

  it.each([
    ['a token', { source: { token: 'tok_ubfj2q76miwundwlk72vxt2i7q' } }, { source: { token: '[masked]' } }],
    ['a network token', { source: { token: CARD } }, { source: { token: '44850403****6584' } }],
    [
      'a phone',
      { home_phone: { country_code: '44', number: '7000000000' } },
      { home_phone: { country_code: '44', number: '[masked]' } },
    ],
    ['a number as a number', { a: Number(CARD) }, { a: '[masked]' }],
    ['a number as a name', { [CARD]: 1 }, { '[masked]': 1 }],
    [
      'a token of a wallet',
      { google_spa: { token: { number: CARD } } },
      { google_spa: { token: { number: '44850403****6584' } } },
    ],
  ])('masks %s', (_, body, expected) => {
    expect(masked(body)).toEqual(expected);
  });

  it('leaves ids whole that have as many digits in a row as a card number', () => {
    const ids = { xid: 'd80cc469-5938-4450-8384-7cc198c92bdb', digits: '44850403-7153-6584-4485-040371536584' };

    expect(masked(ids)).toEqual({ xid: ids.xid, digits: '[masked]' });
  });

  it('never shows the number, wherever it stands', () => {
    const leaf = fc.constantFrom<unknown>(
      CARD,
      Number(CARD),
      `x${CARD}y`,
      CARD.replace(/(....)/g, '$1 '),
      1,
      null,
      true,
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('number', 'token', 'a', CARD), tie('tree')),
      ),
    }));

    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('number', 'source', 'x'), tree), (body) => {
        expect(JSON.stringify(masked(body)).replace(/[ -]/g, '')).not.toContain(CARD);
      }),
    );
  });

  it('is bounded', () => {
    let deep: Record<string, unknown> = {};
    for (let depth = 0; depth < 50; depth++) deep = { deep };

    expect(JSON.stringify(masked({ deep })).length).toBeLessThan(200);
    expect(masked({ a: 'x'.repeat(5_000) })['a']).toHaveLength(2_048);
    expect(masked({ list: new Array(500).fill(1) })['list']).toHaveLength(100);
  });
});
