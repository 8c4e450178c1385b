import {
  Actor,
  AdminRoute,
  assertChanges,
  pageOf,
  parseListQuery,
  readBody,
  type AdminActor,
  type ListPage,
} from '@app/platform';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { CHANNEL_LISTING } from '../admin/listings';
import { MerchantActs } from '../admin/merchant-acts.service';
import { MerchantLists } from '../admin/merchant-lists.service';
import type { BrandingChange } from '../channel-branding.service';
import type { ChannelSettings } from '../domain/model';
import type { PageLocale } from '../domain/page-locale';
import type { Route } from '../domain/route';
import {
  AcquirerDto,
  BrandingDto,
  ChangeChannelDto,
  CreateChannelDto,
  routeIn,
  type ChannelSettingsDto,
} from './admin.dto';
import { presentChannel, presentChannelLine } from './admin.presenters';
import { editIn, editOf, idIn, idOf } from './admin.requests';

/** Merchants' processing channels, for operators. */
@Controller('admin/api/channels')
export class AdminChannelsController {
  constructor(
    private readonly lists: MerchantLists,
    private readonly acts: MerchantActs,
  ) {}

  @Get()
  @AdminRoute('merchants.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(CHANNEL_LISTING, parameters);
    return pageOf(query, await this.lists.channels(query, actor.merchants), presentChannelLine);
  }

  @Get(':id')
  @AdminRoute('merchants.read')
  async show(@Actor() actor: AdminActor, @Param('id') id: string): Promise<object> {
    return presentChannel(await this.acts.channel(actor, idIn(id, 'channel')));
  }

  /** Makes one; its webhook secret is in clear this once. */
  @Post()
  @AdminRoute('merchants.write', { once: 'told_once' })
  async create(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const dto = readBody(CreateChannelDto, body);
    const wanted = {
      merchantId: idOf(dto.merchant_id, 'merchant'),
      environment: dto.environment,
      ...settingsIn(dto, body),
      // Without a name it is refused where the rules of settings are.
      name: dto.name ?? '',
    };
    const { channel, webhookSecret } = await this.acts.createChannel(actor, wanted, dto.reason ?? null);
    return { ...presentChannel(channel), webhook_secret: webhookSecret.expose() };
  }

  @Patch(':id')
  @AdminRoute('merchants.write')
  async change(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = idIn(text, 'channel');
    await this.acts.channel(actor, id);
    const dto = readBody(ChangeChannelDto, body);
    const change = settingsIn(dto, body);
    assertChanges(change);
    return presentChannel(await this.acts.changeChannel(actor, id, change, editOf(dto)));
  }

  /** The same scheme again replaces its record. */
  @Put(':id/acquirers')
  @AdminRoute('merchants.write')
  async setAcquirer(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = idIn(text, 'channel');
    await this.acts.channel(actor, id);
    const dto = readBody(AcquirerDto, body);
    const record = {
      scheme: dto.scheme,
      acquirerBin: dto.acquirer_bin,
      acquirerMerchantId: dto.acquirer_merchant_id,
      mcc: dto.mcc,
      countryCode: dto.country_code,
      merchantName: dto.merchant_name,
      requestorId: dto.requestor_id,
      requestorName: dto.requestor_name,
      requestorUrl: dto.requestor_url,
    };
    return presentChannel(await this.acts.setAcquirer(actor, id, record, editOf(dto)));
  }

  /** How its pages look, within five seconds. */
  @Patch(':id/branding')
  @AdminRoute('merchants.write')
  async brand(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = idIn(text, 'channel');
    await this.acts.channel(actor, id);
    const dto = readBody(BrandingDto, body);
    const change = brandingIn(dto);
    assertChanges(change);
    return presentChannel(await this.acts.brandChannel(actor, id, change, editOf(dto)));
  }

  /** The old one ends at once; the new one is in clear this once. */
  @Post(':id/replace-webhook-secret')
  @HttpCode(200)
  @AdminRoute('merchants.write', { once: 'told_once' })
  async replaceSecret(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const secret = await this.acts.replaceWebhookSecret(actor, idIn(id, 'channel'), editIn(body));
    return { webhook_secret: secret.expose() };
  }
}

/** The settings that a body names. */
function settingsIn(dto: ChannelSettingsDto, body: unknown): Partial<ChannelSettings> {
  const route = routeIn(body);
  return Object.fromEntries(
    Object.entries({
      name: dto.name,
      route: (route ?? undefined) as Route | undefined,
      preferredSchemes: dto.preferred_schemes,
      sessionMinutes: dto.session_minutes,
      cardRetentionMinutes: dto.card_retention_minutes,
      autoComplete: dto.auto_complete,
    }).filter(([, value]) => value !== undefined),
  );
}

/** What a body decides about the look of pages. Whatever somebody wrote: the rules are checked where it is stored. */
function brandingIn(dto: BrandingDto): BrandingChange {
  const given = {
    displayName: dto.display_name,
    accent: dto.accent,
    locale: dto.locale as PageLocale | undefined,
    frameAncestors: dto.frame_ancestors,
    logo: dto.logo === undefined || dto.logo === '' ? dto.logo : Buffer.from(dto.logo, 'base64'),
  };
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value?.length === 0 ? null : value]),
  );
}
