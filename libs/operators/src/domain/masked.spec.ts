import { masked } from './masked';

describe('what an audit entry says', () => {
  it('holds no secret by its name', () => {
    expect(
      masked({
        password: 'x',
        client_secret: 'x',
        deep: [{ totp_secret: 'x', recovery_code: 'x' }],
        webhookSecret: 'x',
      }),
    ).toEqual({
      password: '[masked]',
      client_secret: '[masked]',
      deep: [{ totp_secret: '[masked]', recovery_code: '[masked]' }],
      webhookSecret: '[masked]',
    });
  });

  it('holds no card number, wherever it stands', () => {
    expect(masked({ note: 'card 4242424242424242, please', other: '4242424242424241' })).toEqual({
      note: 'card [masked], please',
      other: '4242424242424241',
    });
  });

  it('tells facts about secrets', () => {
    const facts = {
      has_second_factor: true,
      password_changed_at: '2026-11-29',
      secret_id: 'ack_1',
      sessions: 3,
      name: null,
    };

    expect(masked(facts)).toEqual(facts);
  });
});
