import { PublicAddress, routeNotFound } from '@app/platform';
import { Controller, Get, HttpCode, Options, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BuiltFiles } from './built-files';
import { PAGE_CALLS, preflightHeaders } from './cross-origin';
import { FOR_EVER, sendBuilt } from './send-built';

/** A plain name may become another script with the next release; browsers ask again after an hour. */
const PLAIN_CACHE = 'public, max-age=3600';

const NAMES = ['countersign.js', 'countersign.mjs'];

/** What merchants' pages need of us: the script, and the permission to call. */
@Controller()
export class BrowserController {
  constructor(
    private readonly files: BuiltFiles,
    private readonly address: PublicAddress,
  ) {}

  /** Names and integrity of the scripts, for who pins them. */
  @Get('js/countersign.json')
  manifest(@Res() reply: FastifyReply): void {
    const all = NAMES.map((name) => this.files.get(name));
    const files = Object.fromEntries(
      all.map(({ name, pinnedName, integrity }) => [
        name,
        { path: `${this.address.path}/js/${pinnedName}`, integrity },
      ]),
    );
    void reply
      .headers({
        'access-control-allow-origin': '*',
        'cache-control': PLAIN_CACHE,
        'x-content-type-options': 'nosniff',
      })
      .send(files);
  }

  /** The script by its plain name, or by the pinned one. */
  @Get('js/:name')
  script(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const all = NAMES.map((one) => this.files.get(one));
    const script = all.find((one) => one.name === name || one.pinnedName === name);
    if (!script) throw routeNotFound();
    sendBuilt(request, reply, script, {
      'access-control-allow-origin': '*',
      'cache-control': name === script.pinnedName ? FOR_EVER : PLAIN_CACHE,
      'cross-origin-resource-policy': 'cross-origin',
    });
  }

  /** Preflights (Fetch standard, "CORS-preflight request"). */
  @Options(Object.keys(PAGE_CALLS))
  @HttpCode(204)
  preflight(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    void reply.headers(preflightHeaders(request.routeOptions.url ?? '')).send();
  }
}
