import { Pan } from '@app/kernel';
import { safeToShow } from './safe-to-show';

const CARD = '4242424242424242';
const SHOWN_CARD = '424242******4242';
const ADDRESS = 'https://user:hunter2@shop.example/cb?token=sekret';
const SHOWN_ADDRESS = 'https://•••@shop.example/cb?token=•••';

describe('an answer of the admin API', () => {
  it('holds no card number and no secret of an address, wherever somebody wrote it', () => {
    expect(
      safeToShow({
        reference: `card ${CARD}`,
        data: [{ request: { urls: [ADDRESS, null] }, note: `${ADDRESS} ${CARD}` }],
        sent: { to: ADDRESS },
      }),
    ).toEqual({
      reference: `card ${SHOWN_CARD}`,
      data: [{ request: { urls: [SHOWN_ADDRESS, null] }, note: `${SHOWN_ADDRESS} ${SHOWN_CARD}` }],
      sent: { to: SHOWN_ADDRESS },
    });
  });

  it('is the same where there is nothing to hide', () => {
    const answer = {
      id: 'sid_06fq7k2zv5m3x4r7t2w6y4b5ce',
      transaction_id: '44850403-7153-4584-a485-040371536584',
      hash: `${'4485040371536584'.repeat(3)}abcdef0123456789`,
      amount: 4242424242424242,
      at: '2026-11-30T17:56:55.000Z',
      list: [1, true, null, undefined, { callback_url: 'https://shop.example/cb' }],
    };

    expect(safeToShow(answer)).toBe(answer);
  });

  it.each(['purchaseDate', 'startRange', 'end', 'acquirer_merchant_id'])(
    'has digits in %s that are no card',
    (name) => {
      expect(safeToShow({ [name]: CARD })).toEqual({ [name]: CARD });
    },
  );

  it.each(['hosted_url', 'authorization_url', 'totp_uri'])('says in %s where to go', (name) => {
    expect(safeToShow({ [name]: 'https://id.example/authorize?state=abc' })).toEqual({
      [name]: 'https://id.example/authorize?state=abc',
    });
  });

  it('takes what writes itself as JSON at its word', () => {
    const at = new Date(0);

    expect(safeToShow({ at, by: { toJSON: () => ({ name: CARD }) }, pan: Pan.fromTrusted(CARD) })).toEqual({
      at: at.toISOString(),
      by: { name: SHOWN_CARD },
      pan: '42424242****4242',
    });
  });
});
