import { PublicKeys } from '@app/credentials';
import { NotFound, randomBytes } from '@app/kernel';
import { PublicAddress } from '@app/platform';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { HostedAssets } from '../hosted/page';
import { CARD_FIELDS_ASSETS, cardFieldsHeaders, renderCardFields } from './card-fields.page';

/** The card fields that countersign.js puts into a merchant's page, in a frame. */
@Controller('fields/card')
export class CardFieldsController {
  constructor(
    private readonly keys: PublicKeys,
    private readonly address: PublicAddress,
    @Inject(CARD_FIELDS_ASSETS) private readonly assets: HostedAssets,
  ) {}

  /** `key` is the public key: it says which pages may frame this one. @throws NotFound for one that is not welcome */
  @Get()
  async page(@Query('key') text: unknown, @Res() reply: FastifyReply): Promise<void> {
    const key = typeof text === 'string' ? await this.keys.findWelcome(text) : null;
    if (!key) throw new NotFound('public_key');
    const nonce = randomBytes(16).toString('base64url');
    const frameAncestors = key.allowedOrigins.length === 0 ? 'any' : key.allowedOrigins;
    await reply
      .headers(cardFieldsHeaders({ baseUrl: this.address.url }, { nonce, frameAncestors }))
      .type('text/html; charset=utf-8')
      .send(renderCardFields(this.assets, nonce));
  }
}
