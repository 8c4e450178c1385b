import { AccessKeysAdmin, CredentialsAdmin, type AccessTokenActor, type Channel } from '@app/credentials';
import { encodeId, InvalidRequest, newUuidV7, NotAllowed, NotFound, type Clock } from '@app/kernel';
import { assertInScope, AUDIT_SINK, CLOCK, type AdminActor, type AuditSink } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { CreateSession } from '../domain/new-session';
import { Idempotency } from '../idempotency.service';
import type { SessionView } from '../session-view';
import { SessionsService } from '../sessions.service';
import { SIMULATOR, type Simulator } from '../simulator';

const ROUTE = 'POST /admin/api/simulator/test-sessions';
const SCOPES = new Set(['sessions:browser']);

/** What an operator wants to try. */
export interface TestWish {
  /** UUID. */
  readonly channelId: string;
  /** Of the card, as the request has it. */
  readonly number: string;
  readonly command: CreateSession;
  readonly reason: string | null;
  /** By which the same wish is known again; `content` is all that makes it the same. */
  readonly key: string | null;
  readonly content: object;
}

/** How an answer is told. */
export type Told = (view: SessionView) => { status: number; body: object };

/** Sessions that operators make with published test cards, the way in which a merchant's backend makes its own. */
@Injectable()
export class TestSessions {
  constructor(
    private readonly sessions: SessionsService,
    private readonly idempotency: Idempotency,
    private readonly admin: CredentialsAdmin,
    private readonly keys: AccessKeysAdmin,
    @Inject(SIMULATOR) private readonly simulator: Simulator,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes a session of a merchant's test channel, as the merchant's oldest access key would.
   * @throws NotFound (channel), InvalidRequest (a live channel, a card that is not published), NotAllowed, and whatever a
   * merchant would be refused with
   */
  async create(by: AdminActor, wish: TestWish, told: Told): Promise<object> {
    const channel = await this.channelIn(by, wish.channelId);
    await this.assertPublished(wish.number);
    const actor = await this.actorOf(channel);
    const make = async (id: string): Promise<ReturnType<Told>> => {
      await this.note(by, channel, wish, id);
      return told((await this.sessions.create(actor, wish.command, id)).view);
    };
    if (wish.key === null) return (await make(newUuidV7(this.clock.now()))).body;
    const { merchantId, environment } = channel;
    const named = { merchantId, environment, route: `${ROUTE} ${by.wireId}`, key: wish.key, body: wish.content };
    const recover = async (id: string): Promise<ReturnType<Told> | null> => {
      const found = await this.sessions.recover(actor, id);
      return found && told(found.view);
    };
    return (await this.idempotency.run(named, { make, recover })).body;
  }

  private async channelIn(by: AdminActor, id: string): Promise<Channel> {
    const channel = await this.admin.findChannel(id);
    if (!channel) throw new NotFound('channel');
    assertInScope(by, channel.merchantId, 'channel');
    if (channel.environment !== 'test') throw new InvalidRequest(['channel_id_invalid']);
    return channel;
  }

  /** No card of anybody's comes in by this way. */
  private async assertPublished(number: string): Promise<void> {
    const cards = await this.simulator.cards();
    if (!cards.some((card) => card.number === number)) throw new InvalidRequest(['card_invalid']);
  }

  private async actorOf({ merchantId }: Channel): Promise<AccessTokenActor> {
    const merchant = await this.admin.findMerchant(merchantId);
    if (merchant?.status !== 'active') {
      throw new NotAllowed('merchant_suspended', 'The merchant is suspended: nothing new is begun for it');
    }
    const now = this.clock.now();
    const key = (await this.keys.list(merchantId)).find(
      ({ environment, revokedAt }) => environment === 'test' && (revokedAt === null || revokedAt > now),
    );
    if (!key) throw new NotAllowed('access_key_missing', 'The merchant has no access key of the test environment');
    return { merchantId, environment: 'test', accessKeyId: key.id, scopes: SCOPES, defaultChannelId: null };
  }

  /** Noted before it is done: whoever asked has asked, whatever comes of it. */
  private note(by: AdminActor, channel: Channel, { command, number, reason }: TestWish, id: string): Promise<void> {
    const { amountMinor: amount, currency, returnUrls } = command;
    return this.audit.record({
      at: this.clock.now(),
      by,
      act: 'session.tested',
      subject: encodeId('session', id),
      merchantId: channel.merchantId,
      after: {
        channel: encodeId('channel', channel.id),
        flow: returnUrls === null ? 'non_hosted' : 'hosted',
        last_four: number.slice(-4),
        amount,
        currency,
      },
      reason,
    });
  }
}
