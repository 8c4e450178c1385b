import { decodeId, NotFound } from '@app/kernel';
import { Controller, Get, Header, Param, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CallerGuard } from '../http/caller.guard';
import { AuthorizationDataService } from './authorization-data.service';

/** What a merchant's backend takes to its payment gateway; ours, beyond the contract. */
@Controller('sessions')
@UseGuards(CallerGuard)
export class AuthorizationDataController {
  constructor(private readonly data: AuthorizationDataService) {}

  @Get(':id/authorization-data')
  @Header('Cache-Control', 'no-store')
  async read(@Req() { caller }: FastifyRequest, @Param('id') id: string): Promise<object> {
    if (!caller) throw new Error('The caller guard did not run');
    const sessionId = decodeId('session', id);
    if (sessionId === null) throw new NotFound('session');
    return this.data.read(caller, sessionId);
  }
}
