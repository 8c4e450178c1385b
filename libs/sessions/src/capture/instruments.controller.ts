import { decodeId, NotFound } from '@app/kernel';
import { Controller, Delete, Get, Header, HttpCode, Param, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../caller';
import { CallerGuard } from '../http/caller.guard';
import { presentInstrument } from './captured-card';
import { KeptCards } from './kept-cards.service';

/** The cards that a merchant keeps (`src_…`): to look at, masked, and to delete. */
@Controller('instruments')
@UseGuards(CallerGuard)
export class InstrumentsController {
  constructor(private readonly cards: KeptCards) {}

  @Get(':id')
  @Header('Cache-Control', 'no-store')
  async get(@Req() request: FastifyRequest, @Param('id') id: string): Promise<object> {
    return presentInstrument(await this.cards.get(callerOf(request), instrumentId(id)));
  }

  /** 204: the card is gone by then. */
  @Delete(':id')
  @HttpCode(204)
  async delete(@Req() request: FastifyRequest, @Param('id') id: string): Promise<void> {
    await this.cards.delete(callerOf(request), instrumentId(id));
  }
}

function callerOf({ caller }: FastifyRequest): Caller {
  if (!caller) throw new Error('The caller guard did not run');
  return caller;
}

function instrumentId(text: string): string {
  const id = decodeId('instrument', text);
  if (id === null) throw new NotFound('instrument');
  return id;
}
