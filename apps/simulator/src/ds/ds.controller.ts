/** The directory servers' addresses: one per scheme; the message type decides what happens. */
import { Body, Controller, HttpCode, NotFoundException, Param, Post, Res } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage, serializeMessage, type Message } from '@app/emv3ds';
import { DIRECTORY_SERVERS } from '@app/kernel';
import type { FastifyReply } from 'fastify';
import { FaultStore } from '../control/fault.store';
import { SCRIPTED_FAILURES, ScriptStore } from '../control/scripts';
import { sendBroken } from '../http/broken-reply';
import { DirectoryServerService } from './directory-server.service';

const TRANSACTION_ID = /"threeDSServerTransID"\s*:\s*"([^"]{1,36})"/;
const IS_PREQ = /"messageType"\s*:\s*"PReq"/;

/** `POST /ds/<id>`: a message in, its answer out, Erro included, always with HTTP 200. */
@Controller('ds')
export class DsController {
  constructor(
    private readonly directoryServers: DirectoryServerService,
    private readonly faults: FaultStore,
    private readonly scripts: ScriptStore,
  ) {}

  @Post(':id')
  @HttpCode(200)
  async receive(@Param('id') id: string, @Body() body: Buffer | undefined, @Res() reply: FastifyReply): Promise<void> {
    const directoryServer = DIRECTORY_SERVERS.find((known) => known === id);
    if (!directoryServer) throw new NotFoundException(`No such directory server: ${id.slice(0, 40)}`);
    const bytes = body ?? Buffer.alloc(0);
    const text = bytes.toString('utf8');
    const script = this.scripts.find(TRANSACTION_ID.exec(text)?.[1] ?? '');
    const fault = script ? null : this.faults.takeDs(directoryServer, IS_PREQ.test(text) ? 'PReq' : 'AReq');

    // A fault strikes the answer, never the work: what the issuer has seen stays seen.
    const answer = await this.directoryServers.handle(directoryServer, bytes);
    const failure = SCRIPTED_FAILURES.find((mode) => mode === script?.answer.kind);
    if (failure !== undefined) return sendBroken(reply, failure);
    switch (fault?.mode) {
      case undefined:
      case 'none':
        send(reply, answer);
        return;
      case 'slow':
        await sleep(fault.delayMs, undefined, { ref: false });
        send(reply, answer);
        return;
      case 'erro':
        send(reply, errorMessage({ code: '403', component: 'D', detail: 'Asked for by the fault control' }));
        return;
      case 'timeout':
      case 'reset':
      case 'garbage':
      case 'html':
      case 'empty':
      case 'status500':
        sendBroken(reply, fault.mode);
        return;
    }
  }
}

function send(reply: FastifyReply, message: Message | null): void {
  void reply
    .code(200)
    .type('application/json; charset=utf-8')
    .send(message === null ? '' : serializeMessage(message));
}
