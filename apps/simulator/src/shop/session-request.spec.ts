import { InvalidRequest } from '@app/kernel';
import { channelData, forBrowser, sessionRequest } from './session-request';

const addresses = { callbackUrl: 'http://s/shop/callbacks', returnUrl: 'http://s/?merchant=pc_1' };
const order = { number: '4242 4242 4242 4242', expiry_month: 12, expiry_year: 2030, amount: 6540, currency: 'EUR' };

describe('an order', () => {
  it('becomes a non-hosted session that reports to the shop', () => {
    expect(sessionRequest({ ...order, scheme: 'cartes_bancaires' }, 'pc_1', addresses)).toMatchObject({
      source: { type: 'card', number: '4242424242424242', expiry_month: 12, scheme: 'cartes_bancaires' },
      amount: 6540,
      currency: 'EUR',
      processing_channel_id: 'pc_1',
      completion: {
        type: 'non_hosted',
        callback_url: 'http://s/shop/callbacks',
      },
    });
  });

  it('becomes a hosted one, which brings the customer back, where it is paid on our page', () => {
    expect(sessionRequest({ ...order, place: 'hosted' }, 'pc_1', addresses)['completion']).toEqual({
      type: 'hosted',
      callback_url: 'http://s/shop/callbacks',
      success_url: 'http://s/?merchant=pc_1',
      failure_url: 'http://s/?merchant=pc_1',
    });
    expect(() => sessionRequest({ ...order, place: 'elsewhere' }, 'pc_1', addresses)).toThrow(/place_invalid/);
  });

  it('is refused with the name of every bad field', () => {
    const attempt = (): unknown => sessionRequest({ number: '4242424242424241', amount: 1.5 }, 'pc_1', addresses);

    expect(attempt).toThrow(InvalidRequest);
    expect(attempt).toThrow(
      /number_invalid, expiry_month_invalid, expiry_year_invalid, amount_invalid, currency_invalid/,
    );
  });
});

describe('browser data', () => {
  it('takes headers and address from the request, never from script', () => {
    const browser = { accept: 'text/html', userAgent: 'Agent', ip: '192.0.2.1' };

    expect(
      channelData({ timezone: -60, ip_address: '10.0.0.1', three_ds_method_completion: 'Y' }, browser),
    ).toMatchObject({
      accept_header: 'text/html',
      user_agent: 'Agent',
      ip_address: '192.0.2.1',
      timezone: '-60',
      three_ds_method_completion: 'Y',
    });
  });
});

describe('an answer on its way to the browser', () => {
  it('loses the secret and the proof', () => {
    expect(forBrowser({ id: 'sid_1', session_secret: 'sek_x', cryptogram: 'AJk=' })).toEqual({
      id: 'sid_1',
      session_secret: '[kept on the server]',
      cryptogram: '[kept on the server]',
    });
  });
});
