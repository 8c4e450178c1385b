import { decodeId, NotFound } from '@app/kernel';
import { Actor, AdminRoute, pageOf, parseListQuery, readBody, type AdminActor, type ListPage } from '@app/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { SERVICE_ACCOUNT_LISTING } from '../domain/listings';
import { ServiceAccounts } from '../service-accounts.service';
import { requireScope } from './grant.dto';
import { CreateServiceAccountDto, ReasonDto } from './operator.dto';
import { presentServiceAccount } from './presenters';

/** The programs that use the admin API. */
@Controller('admin/api/service-accounts')
export class ServiceAccountsController {
  constructor(private readonly accounts: ServiceAccounts) {}

  @Get()
  @AdminRoute('service_accounts.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(SERVICE_ACCOUNT_LISTING, parameters);
    return pageOf(query, await this.accounts.list(query, actor.merchants), presentServiceAccount);
  }

  @Get(':id')
  @AdminRoute('service_accounts.read')
  async show(@Actor() actor: AdminActor, @Param('id') id: string): Promise<object> {
    return presentServiceAccount(await this.accounts.get(serviceAccountId(id), actor));
  }

  /** Makes one; its secret is in clear this once. */
  @Post()
  @AdminRoute('service_accounts.write', { once: 'told_once' })
  async create(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const dto = readBody(CreateServiceAccountDto, body);
    const wanted = { name: dto.name, role: dto.role, merchants: requireScope(dto) };
    const { account, secret } = await this.accounts.create(wanted, actor, dto.reason ?? null);
    const view = presentServiceAccount(account);
    return { ...view, client_id: view['id'], client_secret: secret.expose() };
  }

  /** Ends it for good, with its tokens. */
  @Post(':id/revoke')
  @HttpCode(200)
  @AdminRoute('service_accounts.write', { once: 'answered' })
  async revoke(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { reason } = readBody(ReasonDto, body ?? {});
    return presentServiceAccount(await this.accounts.revoke(serviceAccountId(id), actor, reason));
  }
}

function serviceAccountId(text: string): string {
  const id = decodeId('serviceAccount', text);
  if (id === null) throw new NotFound('service_account');
  return id;
}
