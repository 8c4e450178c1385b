import type { AccessTokenActor } from '@app/credentials';
import { CountersignError, encodeId } from '@app/kernel';
import { MerchantAddresses, type PublicAddress } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { anAppData } from '../testing/sessions';
import type { Idempotency, NamedRequest } from '../idempotency.service';
import type { SessionsService } from '../sessions.service';
import { SessionsController } from './sessions.controller';

const CHANNEL = encodeId('channel', '0199f6b2-0000-7000-8000-000000000001');

const BROWSER = {
  channel: 'browser',
  accept_header: '*/*',
  java_enabled: false,
  javascript_enabled: true,
  language: 'en',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '0',
  user_agent: 'Mozilla/5.0',
  ip_address: '1.12.123.255',
};

const BODY = {
  source: { type: 'card', number: '4242424242424242', expiry_month: 12, expiry_year: 2030 },
  amount: 1000,
  currency: 'GBP',
  processing_channel_id: CHANNEL,
  completion: { type: 'non_hosted', callback_url: 'https://merchant.example/callback' },
};

/** An idempotency that remembers what it was asked and always knows an answer already. */
class Frozen {
  readonly asked: NamedRequest[] = [];

  run(request: NamedRequest): Promise<{ status: number; body: object; replayed: boolean }> {
    this.asked.push(request);
    return Promise.resolve({ status: 201, body: { id: 'sid_frozen' }, replayed: true });
  }
}

const frozen = new Frozen();
const controller = new SessionsController(
  {} as SessionsService,
  frozen as unknown as Idempotency,
  { url: 'http://localhost' } as PublicAddress,
  new MerchantAddresses({ demo: false }),
);

function actor(...scopes: string[]): AccessTokenActor {
  return {
    merchantId: '0199f6b2-0000-7000-8000-0000000000aa',
    environment: 'test',
    accessKeyId: '0199f6b2-0000-7000-8000-0000000000bb',
    scopes: new Set(scopes),
    defaultChannelId: null,
  };
}

const reply = { header: () => reply, status: () => reply } as unknown as FastifyReply;

function create(as: AccessTokenActor, body: object): Promise<object> {
  const request = { caller: { kind: 'token', actor: as }, headers: { 'cko-idempotency-key': 'order-1' } };
  return controller.create(request as unknown as FastifyRequest, body, reply);
}

/** What the request was compared by. */
async function compared(as: AccessTokenActor, body: object): Promise<unknown> {
  await create(as, body);
  return frozen.asked.at(-1)?.body;
}

describe('creating by idempotency key', () => {
  beforeEach(() => void (frozen.asked.length = 0));

  it('gives a frozen answer only to a token that might have asked for it', async () => {
    const refused = create(actor('sessions:app'), { ...BODY, channel_data: BROWSER });

    await expect(refused).rejects.toMatchObject({ kind: 'not_allowed', codes: ['operation_not_allowed_for_scope'] });
    await expect(refused).rejects.toBeInstanceOf(CountersignError);
    expect(frozen.asked).toEqual([]);
    expect(await create(actor('sessions:browser'), { ...BODY, channel_data: BROWSER })).toEqual({ id: 'sid_frozen' });
  });

  it('is open to an app’s token for an app, and to either for what the merchant initiates', async () => {
    const app = { ...BODY, channel_data: anAppData() };
    const alone = { ...BODY, channel_data: { channel: 'merchant_initiated', request_type: 'top_up' } };

    await expect(create(actor('sessions:browser'), app)).rejects.toMatchObject({
      codes: ['operation_not_allowed_for_scope'],
    });
    for (const [as, body] of [
      [actor('sessions:app'), app],
      [actor('sessions:app'), alone],
      [actor('sessions:browser'), alone],
    ] as const) {
      expect(await create(as, body)).toEqual({ id: 'sid_frozen' });
    }
    await expect(create(actor('payments'), alone)).rejects.toMatchObject({
      codes: ['operation_not_allowed_for_scope'],
    });
  });

  it('tells a session bound to one channel from the same request bound to the other', async () => {
    expect(await compared(actor('sessions:app'), BODY)).not.toEqual(await compared(actor('sessions:browser'), BODY));
  });

  it('takes a request with browser data for the same, whichever token may make it', async () => {
    const body = { ...BODY, channel_data: BROWSER };

    expect(await compared(actor('sessions'), body)).toEqual(await compared(actor('sessions:browser'), body));
  });
});
