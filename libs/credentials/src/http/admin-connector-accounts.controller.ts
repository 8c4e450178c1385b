import { Secret } from '@app/kernel';
import {
  Actor,
  AdminRoute,
  assertChanges,
  pageOf,
  parseListQuery,
  PublicAddress,
  readBody,
  type AdminActor,
  type ListPage,
} from '@app/platform';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ConnectorAccountActs } from '../admin/connector-account-acts.service';
import { CONNECTOR_ACCOUNT_LISTING } from '../admin/listings';
import { MerchantLists } from '../admin/merchant-lists.service';
import type { AccountConnector } from '../domain/connector-account';
import type { AccountChange, NewCredential } from '../connector-account-commands';
import {
  ChangeConnectorAccountDto,
  CreateConnectorAccountDto,
  ExpiryDto,
  RotateConnectorAccountDto,
  WebhookKeyDto,
  type CredentialDto,
} from './admin.dto';
import { presentConnectorAccount, presentConnectorAccountLine, presentTrial } from './admin.presenters';
import { editIn, editOf, expiryIn, idIn, idOf, reasonIn } from './admin.requests';

const DEFAULT_OVERLAP_HOURS = 24;

/** What we hold at upstreams for merchants, for operators. No secret ever comes back. */
@Controller('admin/api/connector-accounts')
export class AdminConnectorAccountsController {
  constructor(
    private readonly lists: MerchantLists,
    private readonly acts: ConnectorAccountActs,
    private readonly address: PublicAddress,
  ) {}

  @Get()
  @AdminRoute('connector_accounts.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(CONNECTOR_ACCOUNT_LISTING, parameters);
    return pageOf(query, await this.lists.connectorAccounts(query, actor.merchants), presentConnectorAccountLine);
  }

  @Get(':id')
  @AdminRoute('connector_accounts.read')
  async show(@Actor() actor: AdminActor, @Param('id') id: string): Promise<object> {
    return presentConnectorAccount(await this.acts.get(actor, idIn(id, 'connectorAccount')));
  }

  /** Makes one, once its credential was tried; the address for its webhooks is in clear this once. */
  @Post()
  @AdminRoute('connector_accounts.write', { once: 'told_once' })
  async create(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const dto = readBody(CreateConnectorAccountDto, body);
    const wanted = {
      merchantId: idOf(dto.merchant_id, 'merchant'),
      connector: dto.connector,
      environment: dto.environment,
      name: dto.name,
      apiBaseUrl: dto.api_url,
      tokenUrl: dto.token_url,
      scopes: dto.scopes ?? [],
      upstreamProcessingChannelId: channelIn(dto.upstream_channel_id ?? ''),
      credential: credentialIn(dto),
      ...(dto.webhook_key === undefined ? {} : { webhookKey: new Secret(dto.webhook_key) }),
    };
    const { account, webhookToken } = await this.acts.create(actor, wanted, dto.test ?? true, dto.reason ?? null);
    return { ...presentConnectorAccount(account), ...this.webhookAddress(dto.connector, webhookToken) };
  }

  @Patch(':id')
  @AdminRoute('connector_accounts.write')
  async change(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = await this.known(actor, text);
    const dto = readBody(ChangeConnectorAccountDto, body);
    const change = changeIn(dto);
    assertChanges(change);
    return presentConnectorAccount(await this.acts.change(actor, id, change, dto.test ?? true, editOf(dto)));
  }

  /** Asks the upstream for a token with each credential that is valid now. */
  @Post(':id/test')
  @HttpCode(200)
  @AdminRoute('connector_accounts.write', { once: 'answered' })
  async test(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = await this.known(actor, text);
    return { trials: (await this.acts.test(actor, id, reasonIn(body))).map(presentTrial) };
  }

  /** Another credential, once it was tried; the present one stays valid for the overlap. */
  @Post(':id/rotate')
  @HttpCode(200)
  @AdminRoute('connector_accounts.write', { once: 'answered' })
  async rotate(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = await this.known(actor, text);
    const dto = readBody(RotateConnectorAccountDto, body);
    const how = { test: dto.test ?? true, overlapHours: dto.overlap_hours ?? DEFAULT_OVERLAP_HOURS };
    return presentConnectorAccount(await this.acts.rotate(actor, id, credentialIn(dto), how, editOf(dto)));
  }

  /** When the upstream will end the newest credential. */
  @Put(':id/expiry')
  @AdminRoute('connector_accounts.write')
  async setExpiry(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = await this.known(actor, text);
    const dto = readBody(ExpiryDto, body ?? {});
    return presentConnectorAccount(await this.acts.setExpiry(actor, id, expiryIn(dto), editOf(dto)));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @AdminRoute('connector_accounts.write', { once: 'answered' })
  async disable(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = idIn(text, 'connectorAccount');
    return presentConnectorAccount(await this.acts.setStatus(actor, id, 'disabled', editIn(body)));
  }

  @Post(':id/enable')
  @HttpCode(200)
  @AdminRoute('connector_accounts.write', { once: 'answered' })
  async enable(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = idIn(text, 'connectorAccount');
    return presentConnectorAccount(await this.acts.setStatus(actor, id, 'active', editIn(body)));
  }

  /** A key that webhooks may be signed with, beside the present one. */
  @Post(':id/webhook-keys')
  @HttpCode(200)
  @AdminRoute('connector_accounts.write', { once: 'answered' })
  async addWebhookKey(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = await this.known(actor, text);
    const dto = readBody(WebhookKeyDto, body);
    return presentConnectorAccount(await this.acts.addWebhookKey(actor, id, new Secret(dto.key), editOf(dto)));
  }

  /** Ends every webhook key but the newest. */
  @Post(':id/retire-webhook-key')
  @HttpCode(200)
  @AdminRoute('connector_accounts.write', { once: 'answered' })
  async retireWebhookKey(
    @Actor() actor: AdminActor,
    @Param('id') text: string,
    @Body() body: unknown,
  ): Promise<object> {
    const id = idIn(text, 'connectorAccount');
    return presentConnectorAccount(await this.acts.retireWebhookKey(actor, id, editIn(body)));
  }

  /** The old address ends; the new one is in clear this once. */
  @Post(':id/replace-webhook-address')
  @HttpCode(200)
  @AdminRoute('connector_accounts.write', { once: 'told_once' })
  async replaceAddress(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const { account, token } = await this.acts.replaceWebhookAddress(
      actor,
      idIn(text, 'connectorAccount'),
      editIn(body),
    );
    return this.webhookAddress(account.connector, token);
  }

  /** Where the upstream is to send its webhooks. */
  private webhookAddress(connector: AccountConnector, token: Secret): { webhook_address: string } {
    return { webhook_address: `${this.address.url}/upstream/${connector}/webhooks/${token.expose()}` };
  }

  /** Whoever may not see an account is told so before a word of the body is read. */
  private async known(actor: AdminActor, text: string): Promise<string> {
    return (await this.acts.get(actor, idIn(text, 'connectorAccount'))).id;
  }
}

/** A processing channel of the upstream's; null for its default. */
const channelIn = (text: string): string | null => (text === '' ? null : text);

const credentialIn = (dto: CredentialDto): NewCredential => ({
  clientId: dto.client_id,
  clientSecret: new Secret(dto.client_secret),
  expiresAt: expiryIn(dto),
});

const changeIn = (dto: ChangeConnectorAccountDto): AccountChange => ({
  ...(dto.name === undefined ? {} : { name: dto.name }),
  ...(dto.api_url === undefined ? {} : { apiBaseUrl: dto.api_url }),
  ...(dto.token_url === undefined ? {} : { tokenUrl: dto.token_url }),
  ...(dto.scopes === undefined ? {} : { scopes: dto.scopes }),
  ...(dto.upstream_channel_id === undefined ? {} : { upstreamProcessingChannelId: channelIn(dto.upstream_channel_id) }),
});
