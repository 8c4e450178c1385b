import { ChannelBranding } from '@app/credentials';
import { routeNotFound } from '@app/platform';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FOR_EVER } from './send-built';

const HASH = /^[0-9a-f]{64}$/;

/** Shops' logos on the hosted page, under the hash of what is in them. */
@Controller('hosted/logos')
export class LogosController {
  constructor(private readonly branding: ChannelBranding) {}

  @Get(':hash')
  async logo(@Param('hash') hash: string, @Res() reply: FastifyReply): Promise<void> {
    const logo = HASH.test(hash) ? await this.branding.findLogo(hash) : null;
    if (!logo) throw routeNotFound();
    await reply
      .headers({
        'cache-control': FOR_EVER,
        // A merchant's file: whatever else it may be, it is shown as the picture that it was taken for, and does nothing.
        'content-security-policy': `default-src 'none'; sandbox`,
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
      .type(logo.type)
      .send(logo.bytes);
  }
}
