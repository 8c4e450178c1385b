import { readFileSync } from 'node:fs';
import { Secret } from '@app/kernel';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { USER_AGENT, webhookHeaders } from './standard-webhook';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const BODY = '{"session_id":"sid_llraltf4jlwu5dxdtprcv7ba5i","reference":"Käse"}';

describe('the headers of a callback', () => {
  it('carry a signature that the Standard Webhooks library accepts', () => {
    const headers = webhookHeaders('msg_a', new Date(), BODY, new Secret(SECRET));

    expect(new Webhook(SECRET).verify(BODY, headers)).toEqual(JSON.parse(BODY));
  });

  it('carry a signature that fails for another body, id or secret', () => {
    const headers = webhookHeaders('msg_a', new Date(), BODY, new Secret(SECRET));
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

    expect(() => new Webhook(SECRET).verify(`${BODY} `, headers)).toThrow(WebhookVerificationError);
    expect(() => new Webhook(SECRET).verify(BODY, { ...headers, 'webhook-id': 'msg_b' })).toThrow(
      WebhookVerificationError,
    );
    expect(() => new Webhook(other).verify(BODY, headers)).toThrow(WebhookVerificationError);
  });

  it('are the Standard Webhooks example for its id, time and body', () => {
    // https://github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md, "Signature scheme"
    const headers = webhookHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1614265330_000),
      '{"test": 2432232314}',
      new Secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
    );

    expect(headers['webhook-timestamp']).toBe('1614265330');
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('have no signature where the channel has no secret', () => {
    const headers = webhookHeaders('msg_a', new Date(), BODY, null);

    expect(headers).not.toHaveProperty('webhook-signature');
    expect(headers['webhook-id']).toBe('msg_a');
  });

  it('name the product in the version of package.json', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

    expect(USER_AGENT).toBe(`Countersign/${version}`);
  });
});
