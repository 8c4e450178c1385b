import { CountersignError } from '@app/kernel';
import { readCardToken } from './card-token.reader';

const NUMBER = '4242424242424242';
const aCard = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'card',
  number: NUMBER,
  expiry_month: 6,
  expiry_year: 2029,
  ...more,
});
const holderOf = (more: Record<string, unknown>): unknown => readCardToken(aCard(more)).card.holder;

function codesOf(body: unknown): readonly string[] {
  try {
    readCardToken(body);
  } catch (error) {
    if (error instanceof CountersignError) return error.codes;
    throw error;
  }
  return [];
}

describe('a card that is handed over', () => {
  it('is read, without its security code', () => {
    const { card, echo } = readCardToken(aCard({ cvv: '739', unknown: 'ignored' }));

    expect(card).toMatchObject({ expiryMonth: 6, expiryYear: 2029, holder: {} });
    expect(card.number.expose()).toBe(NUMBER);
    expect(echo).toEqual({});
    expect(JSON.stringify({ card, echo })).not.toContain('739');
  });

  it('is a card without saying so', () => {
    const { type: _, ...card } = aCard();

    expect(codesOf(card)).toEqual([]);
  });

  it.each<[Record<string, unknown>, string[]]>([
    [{}, ['number_required', 'expiry_month_required', 'expiry_year_required']],
    [aCard({ number: '4242424242424241' }), ['number_invalid']],
    [aCard({ number: '424242424242' }), ['number_invalid']],
    [aCard({ number: '42424242424242424242' }), ['number_invalid']],
    [aCard({ number: '4242 4242 4242 4242' }), ['number_invalid']],
    [aCard({ number: 4242424242424242 }), ['number_invalid']],
    [aCard({ number: '' }), ['number_required']],
    [aCard({ expiry_month: 13 }), ['expiry_month_invalid']],
    [aCard({ expiry_month: '6' }), ['expiry_month_invalid']],
    [aCard({ expiry_year: 29 }), ['expiry_year_invalid']],
    [aCard({ cvv: '12' }), ['cvv_invalid']],
    [aCard({ cvv: '12a' }), ['cvv_invalid']],
    [aCard({ cvv: 123 }), ['cvv_invalid']],
    [aCard({ type: 'applepay' }), ['type_invalid']],
    [aCard({ name: 'x'.repeat(256) }), ['name_invalid']],
    [aCard({ phone: { number: '12' } }), ['phone_number_invalid']],
    [aCard({ billing_address: { country: 'GBR' } }), ['billing_address_country_invalid']],
    [aCard({ billing_address: 'London' }), ['billing_address_invalid']],
    [aCard({ number: '1', cvv: '1', expiry_month: 0 }), ['expiry_month_invalid', 'cvv_invalid', 'number_invalid']],
  ])('%j is refused by every field that fails', (body, codes) => {
    expect([...codesOf(body)].sort()).toEqual([...codes].sort());
  });

  it.each([null, [], 'card', 42])('is an object: %j is none', (body) => {
    expect(codesOf(body)).toEqual(['body_malformed']);
  });
});

describe('what is said of the cardholder', () => {
  it('is given back as it came', () => {
    const said = {
      name: 'Ada Lovelace',
      billing_address: { address_line1: 'x'.repeat(200), state: 'Greater London' },
      phone: { country_code: '+44', number: '770 090 0123' },
    };

    expect(readCardToken(aCard(said)).echo).toEqual(said);
  });

  it('is kept as far as a session can say it', () => {
    expect(
      holderOf({
        name: 'Ada Lovelace',
        billing_address: { address_line1: '1 Main Street', city: 'London', zip: 'W1T 4TJ', country: 'gb' },
        phone: { country_code: '+44', number: '(770) 090-0123' },
      }),
    ).toEqual({
      name: 'Ada Lovelace',
      billingAddress: { line1: '1 Main Street', city: 'London', zip: 'W1T 4TJ', country: 'GB' },
      phone: { countryCode: '44', number: '7700900123' },
    });
  });

  it('is cut where that leaves its sense, and left out where not', () => {
    expect(
      holderOf({
        name: ` ${'n'.repeat(60)} `,
        billing_address: { address_line1: 'l'.repeat(60), state: 'Greater London', zip: 'z'.repeat(17) },
        phone: { country_code: '+123456', number: '770 090 0123' },
      }),
    ).toEqual({ name: 'n'.repeat(45), billingAddress: { line1: 'l'.repeat(50) } });
    expect(holderOf({ name: ' x ', billing_address: { state: 'Greater London', city: '' } })).toEqual({});
    expect(holderOf({ phone: { number: '1234567' }, billing_address: {} })).toEqual({});
  });
});
