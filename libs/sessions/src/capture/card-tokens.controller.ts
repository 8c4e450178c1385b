import { CardTokens } from '@app/cards';
import { Body, Controller, Header, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { presentCardToken } from './captured-card';
import { readCardToken } from './card-token.reader';
import { PublicKeyGuard } from './public-key.guard';

/** Takes cards from merchants' pages, so that no merchant's server ever sees a number. */
@Controller('tokens')
@UseGuards(PublicKeyGuard)
export class CardTokensController {
  constructor(private readonly tokens: CardTokens) {}

  /** 201 with a token that stands for the card once, for 15 minutes. */
  @Post()
  @HttpCode(201)
  @Header('Cache-Control', 'no-store')
  async create(@Req() { publicKey }: FastifyRequest, @Body() body: unknown): Promise<object> {
    if (!publicKey) throw new Error('The public key guard did not run');
    const { card, echo } = readCardToken(body);
    const { merchantId, environment, id: publicKeyId } = publicKey;
    return presentCardToken(await this.tokens.issue({ merchantId, environment, publicKeyId, card }), card, echo);
  }
}
