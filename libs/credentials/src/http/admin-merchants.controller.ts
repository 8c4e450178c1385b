import { Actor, AdminRoute, pageOf, parseListQuery, readBody, type AdminActor, type ListPage } from '@app/platform';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { MERCHANT_LISTING } from '../admin/listings';
import { MerchantActs } from '../admin/merchant-acts.service';
import { MerchantLists } from '../admin/merchant-lists.service';
import { ChangeMerchantDto, CreateMerchantDto } from './admin.dto';
import { presentMerchant } from './admin.presenters';
import { editIn, editOf, idIn } from './admin.requests';

/** Merchants, for operators. */
@Controller('admin/api/merchants')
export class AdminMerchantsController {
  constructor(
    private readonly lists: MerchantLists,
    private readonly acts: MerchantActs,
  ) {}

  @Get()
  @AdminRoute('merchants.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(MERCHANT_LISTING, parameters);
    return pageOf(query, await this.lists.merchants(query, actor.merchants), presentMerchant);
  }

  @Get(':id')
  @AdminRoute('merchants.read')
  async show(@Actor() actor: AdminActor, @Param('id') id: string): Promise<object> {
    return presentMerchant(await this.acts.merchant(actor, idIn(id, 'merchant')));
  }

  /** Nobody who has some merchants only could see the new one. */
  @Post()
  @AdminRoute('merchants.create', { ofAllMerchants: true, once: 'answered' })
  async create(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const { name, reason = null } = readBody(CreateMerchantDto, body);
    return presentMerchant(await this.acts.createMerchant(actor, name, reason));
  }

  @Patch(':id')
  @AdminRoute('merchants.write')
  async change(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = idIn(text, 'merchant');
    await this.acts.merchant(actor, id);
    const dto = readBody(ChangeMerchantDto, body);
    return presentMerchant(await this.acts.renameMerchant(actor, id, dto.name, editOf(dto)));
  }

  /** Its keys and tokens stop; sessions under way go on. */
  @Post(':id/suspend')
  @HttpCode(200)
  @AdminRoute('merchants.suspend', { once: 'answered' })
  async suspend(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return presentMerchant(await this.acts.suspend(actor, idIn(id, 'merchant'), editIn(body)));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @AdminRoute('merchants.suspend', { once: 'answered' })
  async resume(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return presentMerchant(await this.acts.resume(actor, idIn(id, 'merchant'), editIn(body)));
  }
}
