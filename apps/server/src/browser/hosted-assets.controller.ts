import { routeNotFound } from '@app/platform';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BuiltFiles } from './built-files';
import { pageOfScript } from './hosted-assets';
import { FOR_EVER, sendBuilt } from './send-built';

/** What our pages for cardholders load. */
@Controller('hosted/assets')
export class HostedAssetsController {
  constructor(private readonly files: BuiltFiles) {}

  /**
   * A page's script. One of another release is answered with ours, and not for ever: while releases change, the page may come from one
   * replica and ask another for its script, and it must not stand there without.
   */
  @Get(':file')
  asset(@Param('file') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const page = pageOfScript(name);
    if (page === undefined) throw routeNotFound();
    const script = this.files.get(`${page}.js`);
    sendBuilt(request, reply, script, {
      'cache-control': name === script.pinnedName ? FOR_EVER : 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
  }
}
