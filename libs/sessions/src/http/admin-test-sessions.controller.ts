import { decodeId, encodeId, InvalidRequest } from '@app/kernel';
import { Actor, AdminRoute, MerchantAddresses, PublicAddress, readBody, type AdminActor } from '@app/platform';
import { Body, Controller, Headers, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TestSessions, type Told } from '../admin/test-sessions.service';
import { FINISHED_PATH, HOSTED_PATH } from '../hosted/hosted.settings';
import { TestSessionDto } from './admin-test-sessions.dto';
import { readCreateSession } from './request-reader';

/** A card that expires in no operator's time. */
const EXPIRY = { expiry_month: 12, expiry_year: 2049 };

/** Sessions that operators try with published test cards: only where there is a simulator. */
@Controller('admin/api/simulator/test-sessions')
export class AdminTestSessionsController {
  constructor(
    private readonly sessions: TestSessions,
    private readonly address: PublicAddress,
    private readonly merchantAddresses: MerchantAddresses,
  ) {}

  /** Makes one, once for each key; gives the link to open where it is hosted. */
  @Post()
  @AdminRoute('simulator.use', { once: 'by_itself' })
  async create(
    @Actor() actor: AdminActor,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<object> {
    const dto = readBody(TestSessionDto, body);
    const channelId = decodeId('channel', dto.channel_id);
    if (channelId === null) throw new InvalidRequest(['channel_id_invalid']);
    if (dto.flow === 'non_hosted' && dto.browser === undefined) throw new InvalidRequest(['browser_required']);
    // Read as a merchant's request is: what holds for those holds here.
    const command = readCreateSession(
      requestOf(dto, { headers: request.headers, address: actor.origin.address }, this.address.url + FINISHED_PATH),
      this.merchantAddresses,
    );
    const wish = { channelId, number: dto.card, command, reason: dto.reason ?? null, key: key ?? null, content: dto };
    return this.sessions.create(actor, wish, this.told);
  }

  private readonly told: Told = ({ session, linkToken }) => ({
    status: 201,
    body: {
      session_id: encodeId('session', session.id),
      status: session.status,
      hosted_url: linkToken && `${this.address.url}${HOSTED_PATH}/${linkToken.expose()}`,
    },
  });
}

/** The same in the words of the Sessions API. Nobody is called back, and nobody runs a 3DS Method for it. */
function requestOf(
  dto: TestSessionDto,
  { headers, address }: Pick<FastifyRequest, 'headers'> & { readonly address: string | null },
  finished: string,
): object {
  const { channel_id: processing_channel_id, card: number, amount, currency, flow } = dto;
  return {
    processing_channel_id,
    source: { type: 'card', number, ...EXPIRY },
    amount,
    currency,
    reference: dto.reference,
    challenge_indicator: dto.challenge_indicator,
    completion: flow === 'hosted' ? { type: flow, success_url: finished, failure_url: finished } : { type: flow },
    ...(flow === 'hosted'
      ? {}
      : {
          channel_data: {
            channel: 'browser',
            ...dto.browser,
            javascript_enabled: true,
            accept_header: headers.accept ?? '*/*',
            user_agent: headers['user-agent'] ?? 'unknown',
            ip_address: address?.replace(/^::ffff:/, '') ?? '127.0.0.1',
            three_ds_method_completion: 'N',
          },
        }),
  };
}
