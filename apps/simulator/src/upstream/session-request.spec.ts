import { channelFaults, hasChannelData, requestFaults } from './session-request';

const GOOD = {
  currency: 'EUR',
  amount: 100,
  source: { type: 'card', number: '4242424242424242', expiry_month: 1, expiry_year: 2030 },
  completion: { type: 'non_hosted' },
};
const BROWSER = {
  channel: 'browser',
  accept_header: '*/*',
  language: 'en',
  color_depth: '24',
  screen_height: '1',
  screen_width: '1',
  timezone: '0',
  user_agent: 'x',
  ip_address: '::1',
};

describe('a session request', () => {
  it('needs no more than currency, source and completion', () => {
    const { amount: _amount, ...least } = GOOD;

    expect(requestFaults(least)).toEqual([]);
  });

  it('names everything that is wrong with it', () => {
    expect(requestFaults({})).toEqual(['currency_required', 'source_required', 'completion_required']);
    expect(
      requestFaults({ ...GOOD, amount: -1, source: { number: '1', expiry_month: 13 }, completion: { type: 'hosted' } }),
    ).toEqual([
      'amount_invalid',
      'source_number_invalid',
      'source_expiry_month_invalid',
      'source_expiry_year_required',
      'completion_success_url_required',
      'completion_failure_url_required',
    ]);
  });

  it.each([
    ['customer', 'source_type_invalid'],
    ['toString', 'source_type_invalid'],
  ])('has no source of type %s', (type, code) => {
    expect(requestFaults({ ...GOOD, source: { type } })).toEqual([code]);
  });

  it.each([
    ['id', { id: 'src_1' }],
    ['token', { token: 'tok_1' }],
    ['network_token', { token: '4242424242424242', expiry_month: 1, expiry_year: 2030 }],
  ])('takes a source of type %s', (type, members) => {
    expect(requestFaults({ ...GOOD, source: { type, ...members } })).toEqual([]);
  });

  it('needs an amount where payments repeat', () => {
    const { amount: _amount, ...without } = GOOD;

    expect(requestFaults({ ...without, authentication_type: 'recurring' })).toEqual(['amount_required']);
  });

  it('looks into device data, and counts a bare app channel as none', () => {
    expect(requestFaults({ ...GOOD, channel_data: { ...BROWSER, ip_address: undefined } })).toEqual([
      'channel_data_ip_address_required',
    ]);
    expect(requestFaults({ ...GOOD, channel_data: { channel: 'app' } })).toEqual([]);
    expect(hasChannelData({ channel: 'app' })).toBe(false);
  });
});

describe('device data by itself', () => {
  it('has codes without a prefix, lower-case indicators, and booleans that may be missing', () => {
    expect(channelFaults({ ...BROWSER, three_ds_method_completion: 'y' })).toEqual([]);
    expect(channelFaults({ ...BROWSER, timezone: 60 })).toEqual(['timezone_invalid']);
    expect(channelFaults({ channel: 'watch' })).toEqual(['channel_invalid']);
  });
});
