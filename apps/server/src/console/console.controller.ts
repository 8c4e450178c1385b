import { randomBytes } from '@app/kernel';
import { routeNotFound } from '@app/platform';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FOR_EVER, sendBuilt } from '../browser/send-built';
import { ConsoleFiles } from './console-files';
import { consolePolicy } from './console-policy';

/** The operators' console: one page, whatever stands behind `/admin/`, and what it is made of. */
@Controller('admin')
export class ConsoleController {
  constructor(private readonly files: ConsoleFiles) {}

  /** Scripts and pictures, by names that the build made of their content. */
  @Get('assets/:name')
  asset(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const file = this.files.asset(name);
    if (!file) throw routeNotFound();
    sendBuilt(request, reply, file, { 'cache-control': FOR_EVER, 'cross-origin-resource-policy': 'same-origin' });
  }

  /** The page. What its address means is the page's own business, so that every address can be shared. */
  @Get(['', '*'])
  page(@Req() { url }: FastifyRequest, @Res() reply: FastifyReply): void {
    // What the API does not have is not found, and no page.
    if (/^\/admin\/(api|assets)([/?]|$)/.test(url)) throw routeNotFound();
    const nonce = randomBytes(18).toString('base64');
    void reply
      .headers({
        'cache-control': 'no-store',
        'content-security-policy': consolePolicy(nonce),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      })
      .type('text/html; charset=utf-8')
      .send(this.files.page(nonce));
  }
}
