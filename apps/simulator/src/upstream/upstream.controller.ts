/** The scripted Checkout.com: token endpoint, sessions endpoints, and the address that the bank reports to. */
import { Body, Controller, Get, Headers, Param, Post, Put, Req, Res } from '@nestjs/common';
import { errorMessage, parseMessage, ProtocolError, serializeMessage } from '@app/emv3ds';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../http/body';
import { refusal } from './answer';
import { FrontDoor } from './front-door';
import type { Json } from './session';
import { UpstreamSessionsService } from './sessions.service';
import { readTokenRequest } from './token-request';
import { TokenService } from './token.service';

type Bytes = Buffer | undefined;
type SessionCall = FastifyRequest<{ Params: { id?: string } }>;

/** `/upstream`: everything passes the front door, where faults strike. */
@Controller('upstream')
export class UpstreamController {
  constructor(
    private readonly door: FrontDoor,
    private readonly tokens: TokenService,
    private readonly sessions: UpstreamSessionsService,
  ) {}

  @Post('connect/token')
  token(@Req() request: FastifyRequest, @Body() body: Bytes, @Res() reply: FastifyReply): Promise<void> {
    const asked = readTokenRequest(request.headers.authorization, body?.toString('utf8') ?? '');
    const call = { endpoint: 'token', clientId: asked.clientId } as const;
    return this.door.serve(call, reply, ({ skewMs }) => this.tokens.answer(asked, skewMs));
  }

  @Post('sessions')
  create(@Req() request: SessionCall, @Body() body: Bytes, @Res() reply: FastifyReply): Promise<void> {
    return this.door.serveCaller('create', request, reply, (caller, twist) =>
      this.sessions.create(caller, readJson(body), twist),
    );
  }

  @Get('sessions/:id')
  read(
    @Param('id') id: string,
    @Headers('channel') channel: string | undefined,
    @Req() request: SessionCall,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.door.serveCaller('get', request, reply, (caller) => this.sessions.read(caller, id, channel));
  }

  @Put('sessions/:id/collect-data')
  collect(
    @Param('id') id: string,
    @Req() request: SessionCall,
    @Body() body: Bytes,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.door.serveCaller('collect_data', request, reply, (caller, twist) =>
      this.sessions.collect(caller, id, readJson(body), twist),
    );
  }

  @Put('sessions/:id/issuer-fingerprint')
  fingerprint(
    @Param('id') id: string,
    @Req() request: SessionCall,
    @Body() body: Bytes,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.door.serveCaller('issuer_fingerprint', request, reply, (caller, twist) =>
      this.sessions.fingerprint(caller, id, readJson(body), twist),
    );
  }

  @Post('sessions/:id/complete')
  complete(@Param('id') id: string, @Req() request: SessionCall, @Res() reply: FastifyReply): Promise<void> {
    return this.door.serveCaller('complete', request, reply, (caller) => this.sessions.complete(caller, id));
  }

  /** The upstream's own 3DS Server: results of challenges come here. */
  @Post('3ds-server')
  result(@Body() body: Bytes, @Res() reply: FastifyReply): void {
    void reply.type('application/json; charset=utf-8').send(this.takeResult(body ?? Buffer.alloc(0)));
  }

  private takeResult(bytes: Buffer): string {
    try {
      const rreq = parseMessage(bytes, { expect: ['RReq'], receiver: 'S' });
      if (rreq.messageType !== 'RReq') return '';
      const ids = {
        threeDSServerTransID: rreq.threeDSServerTransID,
        acsTransID: rreq.acsTransID,
        dsTransID: rreq.dsTransID,
      };
      if (!this.sessions.receiveResult(rreq)) {
        const detail = 'threeDSServerTransID';
        return serializeMessage(errorMessage({ code: '301', component: 'S', detail, messageType: 'RReq', ids }));
      }
      return serializeMessage({
        messageType: 'RRes',
        messageVersion: rreq.messageVersion,
        ...ids,
        resultsStatus: '01',
      });
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const erro = error.toErro();
      this.sessions.receiveUnreadableResult(error.ids.threeDSServerTransID ?? '', {
        error_code: erro.errorCode,
        error_component: erro.errorComponent,
        error_description: erro.errorDescription,
        error_detail: erro.errorDetail,
      });
      return serializeMessage(erro);
    }
  }
}

/** A JSON object. What is none is refused as a body that lacks everything would be. */
function readJson(body: Bytes): Json {
  try {
    const value: unknown = JSON.parse(body?.toString('utf8') ?? '');
    if (isRecord(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refusal(422, 'body_invalid');
}
