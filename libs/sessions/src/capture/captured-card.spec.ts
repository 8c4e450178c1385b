import { encodeId, Pan } from '@app/kernel';
import { presentCardToken, presentInstrument } from './captured-card';

const ID = '01997f1a-2b3c-7d4e-8f50-617283940abc';
const AT = new Date('2026-08-03T10:11:12.345Z');
const tokenOf = (number: string): object =>
  presentCardToken(
    { id: ID, expiresAt: AT },
    { number: Pan.fromTrusted(number), expiryMonth: 6, expiryYear: 2029 },
    {},
  );

describe('a token', () => {
  it('is told as the contract tells it', () => {
    expect(
      presentCardToken(
        { id: ID, expiresAt: AT },
        { number: Pan.fromTrusted('4242424242424242'), expiryMonth: 6, expiryYear: 2029 },
        { name: 'Ada Lovelace', billing_address: { country: 'gb' } },
      ),
    ).toEqual({
      type: 'card',
      token: encodeId('token', ID),
      expires_on: '2026-08-03T10:11:12.345Z',
      expiry_month: 6,
      expiry_year: 2029,
      scheme: 'Visa',
      last4: '4242',
      bin: '42424242',
      name: 'Ada Lovelace',
      billing_address: { country: 'gb' },
    });
  });

  it.each([
    ['4485040371536584', 'Visa'],
    ['5436031030606378', 'Mastercard'],
    ['345678901234564', 'American Express'],
    ['36747880216043', 'Diners Club International'],
    ['3528982710432481', 'JCB'],
    ['6011111111111117', 'Discover'],
  ])('of %s says %s', (number, scheme) => {
    expect(tokenOf(number)).toMatchObject({ scheme });
  });

  it('of a number that tells no scheme says none', () => {
    expect(tokenOf('9999999999999995')).not.toHaveProperty('scheme');
  });
});

it('a kept card is told masked, with its name where it has one', () => {
  const instrument = {
    id: ID,
    fingerprint: 'f'.repeat(26),
    expiryMonth: 6,
    expiryYear: 2029,
    bin: '345678',
    lastFour: '4564',
    name: null,
    createdAt: AT,
    updatedAt: AT,
  };

  const shown = {
    id: expect.stringMatching(/^src_[a-z2-7]{26}$/) as string,
    type: 'card',
    fingerprint: 'f'.repeat(26),
    expiry_month: 6,
    expiry_year: 2029,
    scheme: 'American Express',
    last4: '4564',
    bin: '345678',
    created_on: AT.toISOString(),
    modified_on: AT.toISOString(),
  };
  expect(presentInstrument(instrument)).toEqual(shown);
  expect(presentInstrument({ ...instrument, name: 'Ada' })).toEqual({ ...shown, name: 'Ada' });
});
