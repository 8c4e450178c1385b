import type { JsonWebKey } from 'node:crypto';
import { Controller, Get, Header } from '@nestjs/common';
import { SigningKeys } from '../signing-keys.service';

/** The public keys of our access tokens (RFC 7517), open to all. */
@Controller('.well-known')
export class JwksController {
  constructor(private readonly signingKeys: SigningKeys) {}

  // Kept for less than the overlap, so that nobody meets a token signed by a key that they have not seen.
  @Get('jwks.json')
  @Header('Cache-Control', 'public, max-age=60')
  async keys(): Promise<{ keys: JsonWebKey[] }> {
    return this.signingKeys.jwks();
  }
}
