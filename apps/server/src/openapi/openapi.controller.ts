import { AdminRoute, PublicAddress } from '@app/platform';
import { Controller, Get, Header } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADDRESS } from './examples';
import { POLICY } from './page/page.style';

/**
 * The API's own description, for programs and for people. Both were written by the build beside this file; here they only
 * get the address of this server. Read at the first request, then kept: most processes are never asked.
 */
@Controller()
export class OpenApiController {
  private readonly texts = new Map<string, string>();

  constructor(private readonly address: PublicAddress) {}

  /** The OpenAPI document. */
  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('cache-control', 'public, max-age=300')
  @Header('x-content-type-options', 'nosniff')
  document(): string {
    return this.text('openapi.json');
  }

  /** The one of the admin API, for whoever may call it. */
  @Get('admin/api/openapi.json')
  @AdminRoute('own_account.use')
  @Header('content-type', 'application/json; charset=utf-8')
  adminDocument(): string {
    return this.text('admin-openapi.json');
  }

  /** The first one as a page. */
  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  @Header('cache-control', 'public, max-age=300')
  @Header('referrer-policy', 'no-referrer')
  @Header('x-content-type-options', 'nosniff')
  page(): string {
    return this.text('openapi.html');
  }

  private text(name: string): string {
    let text = this.texts.get(name);
    if (text === undefined) {
      text = readFileSync(join(__dirname, name), 'utf8').replaceAll(ADDRESS, this.address.url);
      this.texts.set(name, text);
    }
    return text;
  }
}
