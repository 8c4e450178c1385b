import { decodeId, NotFound } from '@app/kernel';
import {
  Actor,
  AdminRoute,
  assertNone,
  pageOf,
  parseListQuery,
  PublicAddress,
  readBody,
  type AdminActor,
  type Edit,
  type ListPage,
} from '@app/platform';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { invitationUrl } from '../domain/console-addresses';
import { isEmail, normalEmail } from '../domain/email';
import { OPERATOR_LISTING } from '../domain/listings';
import type { Invitation } from '../invitations.service';
import { OperatorsAdmin } from '../operators-admin.service';
import { readScope, requireScope } from './grant.dto';
import { ChangeOperatorDto, EditDto, InviteOperatorDto, ReasonDto } from './operator.dto';
import { presentOperator } from './presenters';

/** The people who use the console. */
@Controller('admin/api/operators')
export class OperatorsController {
  constructor(
    private readonly operators: OperatorsAdmin,
    private readonly address: PublicAddress,
  ) {}

  @Get()
  @AdminRoute('operators.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(OPERATOR_LISTING, parameters);
    return pageOf(query, await this.operators.list(query, actor.merchants), presentOperator);
  }

  @Get(':id')
  @AdminRoute('operators.read')
  async show(@Actor() actor: AdminActor, @Param('id') id: string): Promise<object> {
    return presentOperator(await this.operators.get(operatorId(id), actor));
  }

  /** Makes somebody, with an invitation that is in clear this once. */
  @Post()
  @AdminRoute('operators.write', { once: 'told_once' })
  async invite(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const dto = readBody(InviteOperatorDto, body);
    const email = normalEmail(dto.email);
    if (!isEmail(email)) assertNone(['email_invalid']);
    const wanted = { email, name: dto.name, role: dto.role, merchants: requireScope(dto) };
    const { operator, invitation } = await this.operators.invite(wanted, actor, dto.reason ?? null);
    return { ...presentOperator(operator), ...this.present(invitation) };
  }

  @Patch(':id')
  @AdminRoute('operators.write')
  async change(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const dto = readBody(ChangeOperatorDto, body);
    const merchants = readScope(dto);
    const change = {
      ...(dto.name === undefined ? {} : { name: dto.name }),
      ...(dto.role === undefined ? {} : { role: dto.role }),
      ...(merchants === null ? {} : { merchants }),
    };
    return presentOperator(await this.operators.change(operatorId(id), change, actor, editOf(dto)));
  }

  /** Another invitation; the one before ends, and so does the password once this one is accepted. */
  @Post(':id/invitation')
  @HttpCode(200)
  @AdminRoute('operators.write', { once: 'told_once' })
  async reinvite(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { reason } = readBody(ReasonDto, body ?? {});
    return this.present(await this.operators.reinvite(operatorId(id), actor, reason));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @AdminRoute('operators.write', { once: 'answered' })
  async disable(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return presentOperator(await this.operators.disable(operatorId(id), actor, editIn(body)));
  }

  @Post(':id/enable')
  @HttpCode(200)
  @AdminRoute('operators.write', { once: 'answered' })
  async enable(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return presentOperator(await this.operators.enable(operatorId(id), actor, editIn(body)));
  }

  @Post(':id/reset-second-factor')
  @HttpCode(200)
  @AdminRoute('operators.write', { once: 'answered' })
  async resetSecondFactor(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return presentOperator(await this.operators.resetSecondFactor(operatorId(id), actor, editIn(body)));
  }

  @Post(':id/unlink-identity')
  @HttpCode(200)
  @AdminRoute('operators.write', { once: 'answered' })
  async unlinkIdentity(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return presentOperator(await this.operators.unlinkIdentity(operatorId(id), actor, editIn(body)));
  }

  @Post(':id/end-sessions')
  @HttpCode(200)
  @AdminRoute('operators.write', { once: 'answered' })
  async endSessions(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { reason } = readBody(ReasonDto, body ?? {});
    return { ended: await this.operators.endSessions(operatorId(id), actor, reason) };
  }

  private present({ token, expiresAt }: Invitation): object {
    return {
      invitation_token: token.expose(),
      invitation_url: invitationUrl(this.address.url, token),
      invitation_expires_at: expiresAt.toISOString(),
    };
  }
}

const editOf = ({ reason, version }: EditDto): Edit => ({ reason: reason ?? null, version: version ?? null });

const editIn = (body: unknown): Edit => editOf(readBody(EditDto, body ?? {}));

function operatorId(text: string): string {
  const id = decodeId('operator', text);
  if (id === null) throw new NotFound('operator');
  return id;
}
