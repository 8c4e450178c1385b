import { upstreamField } from './upstream-fields';

describe('a member of an upstream call', () => {
  it.each([
    ['POST /sessions', 'challenge_indicator', 'low_value', 'Exemption asked for: a small amount'],
    ['POST /sessions 201', 'response_code', 'N', 'Not authenticated'],
    ['POST /sessions 201', 'response_status_reason', '01', 'Card authentication failed'],
    ['GET /sessions/{id} 200', 'status', 'challenge_abandoned', 'Abandoned'],
    ['PUT /sessions/{id}/collect-data', 'three_ds_method_completion', 'Y', 'It ran to its end'],
    ['POST /sessions', 'channel_data.three_ds_method_completion', 'U', 'There is none, or it was not tried'],
    ['callback', 'response_code', 'Y', 'Authenticated'],
  ])('of %s: %s %s is in words', (call, name, value, words) => {
    expect(upstreamField(call, name)?.values[value]).toBe(words);
  });

  it('is explained with its object where it has no words of its own', () => {
    expect(upstreamField('POST /sessions', 'account_info.purchase_count')).toEqual(
      upstreamField('POST /sessions', 'account_info'),
    );
    expect(upstreamField('GET /sessions/{id} 200', '_links.self.href')?.description).toMatch(/next step/);
  });

  it.each(
    (
      'session_id amount currency status approved challenged authentication_type authentication_category reference ' +
      'protocol_version response_code response_reason response_status_reason cardholder_info retry_of cryptogram eci xid'
    ).split(' '),
  )('is explained in a callback: %s', (name) => {
    expect(upstreamField('callback', name)?.description).toBeTruthy();
  });

  it.each([
    ['AReq', 'amount'],
    ['POST /sessions', 'nobody_knows'],
    ['POST /sessions', 'toString'],
  ])('is nothing for %s %s', (call, name) => {
    expect(upstreamField(call, name)).toBeNull();
  });
});
