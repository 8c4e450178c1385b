/** The demo shop: its page and its backend routes. */
import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { CountersignError, InvalidRequest } from '@app/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SimulatorAddress } from '../address';
import { CHALLENGE_PASSWORD, TEST_CARDS } from '../cards/card-table';
import { readJsonObject } from '../http/body';
import { Assets } from './assets';
import { CallbackStore } from './callback.store';
import { DemoMerchantFile, type MerchantChoice } from './demo-merchant';
import { MerchantApi, type ApiCall } from './merchant-api';
import { channelData, forBrowser, secretIn, sessionRequest } from './session-request';

const SESSION_ID = /^sid_\w{26}$/;

/** The page may load countersign.js from the API and call it, and nobody else. Issuers may be anywhere. */
const pagePolicy = (api: string): string =>
  `default-src 'none'; script-src 'self'${api}; style-src 'self'; img-src 'self' data:; connect-src 'self'${api}; frame-src http: https:; form-action http: https:; base-uri 'none'; frame-ancestors 'none'`;

/** What the page needs to know of the world. */
interface ShopConfig {
  readonly connected: boolean;
  readonly apiUrl: string | null;
  readonly problem: string | null;
  readonly merchants: readonly MerchantChoice[];
  readonly challengePassword: string;
  readonly cards: typeof TEST_CARDS;
}

/** What countersign.js needs beside the answer that is shown: the secret that opens this one session. */
interface CreateCall extends ApiCall {
  readonly sessionSecret: string | null;
}

/**
 * The page talks to these routes only; the merchants' credentials stay here. `merchant` is the channel of the merchant whose
 * session it is; without it, the first one's.
 */
@Controller()
export class ShopController {
  constructor(
    private readonly assets: Assets,
    private readonly api: MerchantApi,
    private readonly merchants: DemoMerchantFile,
    private readonly callbacks: CallbackStore,
    private readonly address: SimulatorAddress,
  ) {}

  @Get()
  async page(@Res() reply: FastifyReply): Promise<void> {
    const { apiUrl } = await this.config();
    this.sendAsset(reply, 'index.html', apiUrl === null ? '' : ` ${new URL(apiUrl).origin}`);
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() reply: FastifyReply): void {
    this.sendAsset(reply, name);
  }

  @Get('shop/config')
  async config(): Promise<ShopConfig> {
    const page = { challengePassword: CHALLENGE_PASSWORD, cards: TEST_CARDS };
    try {
      const { apiUrl } = await this.merchants.get();
      return { ...page, connected: true, apiUrl, problem: null, merchants: await this.merchants.choices() };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      return { ...page, connected: false, apiUrl: null, problem: error.message, merchants: [] };
    }
  }

  @Post('shop/sessions')
  @HttpCode(200)
  async create(@Body() body: Buffer | undefined, @Query('merchant') merchant?: string): Promise<CreateCall> {
    const { processingChannelId } = await this.merchants.get(merchant);
    const order = sessionRequest(readJsonObject(body), processingChannelId, {
      callbackUrl: this.address.to('/shop/callbacks'),
      returnUrl: this.address.to(`/?${new URLSearchParams({ merchant: processingChannelId }).toString()}`),
    });
    const answer = await this.api.call(merchant, 'POST', '/sessions', order);
    return { ...answer, body: forBrowser(answer.body), sessionSecret: secretIn(answer.body) };
  }

  @Get('shop/sessions/:id')
  async get(@Param('id') id: string, @Query('merchant') merchant?: string): Promise<ApiCall> {
    return this.call(merchant, 'GET', `/sessions/${checked(id)}`);
  }

  @Put('shop/sessions/:id/collect-data')
  async collect(
    @Param('id') id: string,
    @Body() body: Buffer | undefined,
    @Req() request: FastifyRequest,
    @Query('merchant') merchant?: string,
  ): Promise<ApiCall> {
    const data = channelData(readJsonObject(body), {
      accept: request.headers.accept ?? '*/*',
      userAgent: request.headers['user-agent'] ?? 'unknown',
      ip: request.ip.replace(/^::ffff:/, ''),
    });
    return this.call(merchant, 'PUT', `/sessions/${checked(id)}/collect-data`, data);
  }

  @Post('shop/sessions/:id/complete')
  @HttpCode(200)
  async complete(@Param('id') id: string, @Query('merchant') merchant?: string): Promise<ApiCall> {
    return this.call(merchant, 'POST', `/sessions/${checked(id)}/complete`);
  }

  @Get('shop/sessions/:id/callback')
  callback(@Param('id') id: string): { callback: unknown } {
    const latest = this.callbacks.find(checked(id)).at(-1);
    return { callback: latest ? { ...latest, body: forBrowser(latest.body) } : null };
  }

  private async call(...request: Parameters<MerchantApi['call']>): Promise<ApiCall> {
    const answer = await this.api.call(...request);
    return { ...answer, body: forBrowser(answer.body) };
  }

  private sendAsset(reply: FastifyReply, name: string, api = ''): void {
    const asset = this.assets.find(name);
    if (!asset) throw new NotFoundException('No such file');
    void reply
      .header('content-security-policy', pagePolicy(api))
      .header('cache-control', 'no-cache')
      .header('x-content-type-options', 'nosniff')
      .type(asset.type)
      .send(asset.content);
  }
}

function checked(id: string): string {
  if (!SESSION_ID.test(id)) throw new InvalidRequest(['id_invalid'], 'Not a session id');
  return id;
}
