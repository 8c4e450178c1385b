import { NotFound, type Clock } from '@app/kernel';
import { Actor, AdminRoute, pageOf, parseListQuery, readBody, type AdminActor, type ListPage } from '@app/platform';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { PUBLIC_KEY_LISTING } from '../admin/listings';
import { MerchantActs } from '../admin/merchant-acts.service';
import { MerchantLists } from '../admin/merchant-lists.service';
import { CREDENTIALS_CLOCK } from '../credentials.clock';
import { decodePublicKey } from '../domain/public-key';
import { CreatePublicKeyDto } from './admin.dto';
import { presentPublicKey } from './admin.presenters';
import { idOf, reasonIn } from './admin.requests';

/** What merchants' pages name a channel by, for operators. */
@Controller('admin/api/public-keys')
export class AdminPublicKeysController {
  constructor(
    private readonly lists: MerchantLists,
    private readonly acts: MerchantActs,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @AdminRoute('access_keys.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(PUBLIC_KEY_LISTING, parameters);
    const now = this.clock.now();
    return pageOf(query, await this.lists.publicKeys(query, actor.merchants), (key) => presentPublicKey(key, now));
  }

  @Post()
  @AdminRoute('access_keys.write', { once: 'answered' })
  async create(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const { channel_id: channel, allowed_origins: origins = [], reason } = readBody(CreatePublicKeyDto, body);
    const key = await this.acts.createPublicKey(actor, idOf(channel, 'channel'), origins, reason ?? null);
    return presentPublicKey(key, this.clock.now());
  }

  /** Ends it, for good. */
  @Post(':id/revoke')
  @HttpCode(200)
  @AdminRoute('access_keys.write', { once: 'answered' })
  async revoke(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = decodePublicKey(text);
    if (id === null) throw new NotFound('public_key');
    return presentPublicKey(await this.acts.revokePublicKey(actor, id, reasonIn(body)), this.clock.now());
  }
}
