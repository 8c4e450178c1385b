import { type Clock } from '@app/kernel';
import { Actor, AdminRoute, pageOf, parseListQuery, readBody, type AdminActor, type ListPage } from '@app/platform';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ACCESS_KEY_LISTING } from '../admin/listings';
import { MerchantActs } from '../admin/merchant-acts.service';
import { MerchantLists } from '../admin/merchant-lists.service';
import { CREDENTIALS_CLOCK } from '../credentials.clock';
import { IssueAccessKeyDto, RotateAccessKeyDto } from './admin.dto';
import { presentAccessKey } from './admin.presenters';
import { idIn, idOf, reasonIn } from './admin.requests';

const DEFAULT_OVERLAP_HOURS = 24;

/** Client ids and secrets of merchants' backends, for operators. */
@Controller('admin/api/access-keys')
export class AdminAccessKeysController {
  constructor(
    private readonly lists: MerchantLists,
    private readonly acts: MerchantActs,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @AdminRoute('access_keys.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(ACCESS_KEY_LISTING, parameters);
    const now = this.clock.now();
    return pageOf(query, await this.lists.accessKeys(query, actor.merchants), (key) => presentAccessKey(key, now));
  }

  @Get(':id')
  @AdminRoute('access_keys.read')
  async show(@Actor() actor: AdminActor, @Param('id') id: string): Promise<object> {
    return presentAccessKey(await this.acts.accessKey(actor, idIn(id, 'accessKey')), this.clock.now());
  }

  /** Issues one; its secret is in clear this once. */
  @Post()
  @AdminRoute('access_keys.write', { once: 'told_once' })
  async issue(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const dto = readBody(IssueAccessKeyDto, body);
    const wanted = {
      merchantId: idOf(dto.merchant_id, 'merchant'),
      environment: dto.environment,
      scopes: dto.scopes,
      defaultChannelId: dto.default_channel_id === undefined ? null : idOf(dto.default_channel_id, 'channel'),
      ...(dto.token_ttl_seconds === undefined ? {} : { tokenTtlSeconds: dto.token_ttl_seconds }),
    };
    return this.withSecret(await this.acts.issueAccessKey(actor, wanted, dto.reason ?? null));
  }

  /** Issues another one in its place, with its own id and secret; the old one ends after the overlap. */
  @Post(':id/rotate')
  @HttpCode(200)
  @AdminRoute('access_keys.write', { once: 'told_once' })
  async rotate(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = idIn(text, 'accessKey');
    await this.acts.accessKey(actor, id);
    const dto = readBody(RotateAccessKeyDto, body ?? {});
    const { overlap_hours: overlap = DEFAULT_OVERLAP_HOURS, reason = null } = dto;
    const rotated = await this.acts.rotateAccessKey(actor, id, overlap, reason);
    return { ...this.withSecret(rotated), replaces: presentAccessKey(rotated.old, this.clock.now()) };
  }

  /** Ends it and the tokens that it got, for good. */
  @Post(':id/revoke')
  @HttpCode(200)
  @AdminRoute('access_keys.write', { once: 'answered' })
  async revoke(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const key = await this.acts.revokeAccessKey(actor, idIn(id, 'accessKey'), reasonIn(body));
    return presentAccessKey(key, this.clock.now());
  }

  private withSecret({ key, secret }: Awaited<ReturnType<MerchantActs['issueAccessKey']>>): Record<string, unknown> {
    const view = presentAccessKey(key, this.clock.now());
    return { ...view, client_id: view['id'], client_secret: secret.expose() };
  }
}
