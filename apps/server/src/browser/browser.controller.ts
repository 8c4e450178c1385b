import { routeNotFound } from '@app/platform';
import { Controller, Get, HttpCode, Options, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserScripts, CODINGS, type BrowserScript, type Coding } from './browser-scripts';
import { preflightHeaders, SECRET_CALLS } from './cross-origin';

/** A plain name may become another script with the next release; browsers ask again after an hour. */
const PLAIN_CACHE = 'public, max-age=3600';
const PINNED_CACHE = 'public, max-age=31536000, immutable';

const TYPE = 'text/javascript; charset=utf-8';

/** What merchants' pages need of us: the script, and the permission to call. */
@Controller()
export class BrowserController {
  constructor(private readonly scripts: BrowserScripts) {}

  /** Names and integrity of the scripts, for who pins them. */
  @Get('js/countersign.json')
  manifest(@Res() reply: FastifyReply): void {
    const all = [...new Set(this.scripts.all().values())];
    const files = Object.fromEntries(
      all.map(({ name, pinnedName, integrity }) => [name, { path: `/js/${pinnedName}`, integrity }]),
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
    const script = this.scripts.all().get(name);
    if (!script) throw routeNotFound();
    const coding = codingFor(request);
    const etag = `"${script.etag}-${coding}"`;
    void reply.headers({
      'access-control-allow-origin': '*',
      'cache-control': name === script.pinnedName ? PINNED_CACHE : PLAIN_CACHE,
      'cross-origin-resource-policy': 'cross-origin',
      etag,
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    });
    if (isKnown(request, script)) void reply.status(304).send();
    else {
      if (coding !== 'identity') void reply.header('content-encoding', coding);
      void reply.type(TYPE).send(script.content[coding]);
    }
  }

  /** Preflights (Fetch standard, "CORS-preflight request"). */
  @Options(Object.keys(SECRET_CALLS))
  @HttpCode(204)
  preflight(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    void reply.headers(preflightHeaders(request.routeOptions.url ?? '')).send();
  }
}

/** The best coding that the client names. One that it names with weight zero is not taken. */
function codingFor({ headers }: FastifyRequest): Coding {
  const accepted = String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(\.0*)?$/.test(one))
    .map((one) => one.replace(/\s*;.*$/, ''));
  return CODINGS.find((coding) => accepted.includes(coding)) ?? 'identity';
}

function isKnown({ headers }: FastifyRequest, { etag }: BrowserScript): boolean {
  return CODINGS.some((coding) => (headers['if-none-match'] ?? '').includes(`"${etag}-${coding}"`));
}
