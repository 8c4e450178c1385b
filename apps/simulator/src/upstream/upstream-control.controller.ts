/** The handles of the scripted upstream: accounts, faults, what it was asked, what it sent. JSON in and out. */
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { NotFound } from '@app/kernel';
import { FieldReader } from '../control/field-reader';
import { readJsonObject } from '../http/body';
import type { UpstreamAccount } from './account';
import { readAccount, readInstrument, readSettlement } from './account-request';
import { AccountStore } from './account.store';
import { CallbackSender } from './callback-sender';
import { CallLog } from './call-log';
import { Doors, type Door } from './doors';
import { forced } from './issuer';
import type { UpstreamSession } from './session';
import { UpstreamSessionStore } from './session.store';
import { UpstreamSessionsService } from './sessions.service';
import { UpstreamFaultStore } from './upstream-fault.store';
import { ENDPOINTS, readFault, type UpstreamFault } from './upstream-faults';
import { Webhooks, type SentWebhook } from './webhooks';

type Bytes = Buffer | undefined;

/** `/control/upstream`. */
@Controller('control/upstream')
export class UpstreamControlController {
  constructor(
    private readonly accounts: AccountStore,
    private readonly faults: UpstreamFaultStore,
    private readonly log: CallLog,
    private readonly store: UpstreamSessionStore,
    private readonly sessions: UpstreamSessionsService,
    private readonly callbacks: CallbackSender,
    private readonly webhooks: Webhooks,
    private readonly doors: Doors,
  ) {}

  /** Everything as it was at the start. */
  @Delete()
  @HttpCode(204)
  async reset(): Promise<void> {
    await this.doors.reset();
    this.faults.replace([], 1);
    this.accounts.reset();
    this.log.reset();
    this.store.reset();
    this.callbacks.reset();
    this.webhooks.reset();
  }

  @Get('accounts')
  listAccounts(): { data: readonly object[] } {
    return { data: this.accounts.all().map(withoutSecrets) };
  }

  /** Many at once: a list of accounts that name their `clientId`. */
  @Post('accounts')
  @HttpCode(200)
  putAccounts(@Body() body: Bytes): { data: readonly object[] } {
    const reader = new FieldReader(readJsonObject(body));
    const accounts = reader.objects('accounts').map((account) => {
      account.require('clientId');
      return readAccount(account, account.text('clientId', ''));
    });
    reader.finish();
    for (const account of accounts) this.accounts.put(account);
    return { data: accounts.map(withoutSecrets) };
  }

  @Put('accounts/:clientId')
  putAccount(@Param('clientId') clientId: string, @Body() body: Bytes): object {
    const reader = new FieldReader(readJsonObject(body));
    const account = readAccount(reader, clientId);
    reader.finish();
    this.accounts.put(account);
    return withoutSecrets(account);
  }

  @Delete('accounts/:clientId')
  @HttpCode(204)
  removeAccount(@Param('clientId') clientId: string): void {
    if (!this.accounts.remove(clientId)) throw new NotFound('account');
  }

  /** Voids every token of an account, as a revocation in mid-life does. */
  @Post('accounts/:clientId/revoke-tokens')
  @HttpCode(200)
  revokeTokens(@Param('clientId') clientId: string): { revoked: number } {
    return { revoked: this.accounts.revokeAll(clientId) };
  }

  /** Lets an instrument (`src_…` or `tok_…`) of an account stand for a card number. */
  @Put('accounts/:clientId/instruments/:reference')
  @HttpCode(204)
  putInstrument(@Param('clientId') clientId: string, @Param('reference') reference: string, @Body() body: Bytes): void {
    const reader = new FieldReader(readJsonObject(body));
    const number = readInstrument(reader);
    reader.finish();
    this.store.keepInstrument(clientId, reference, number);
  }

  @Get('faults')
  showFaults(): { faults: readonly object[] } {
    return { faults: this.faults.show() };
  }

  @Put('faults')
  replaceFaults(@Body() body: Bytes): { faults: readonly object[] } {
    const { faults, seed } = readFaults(body);
    this.faults.replace(faults, seed);
    return this.showFaults();
  }

  @Post('faults')
  @HttpCode(200)
  addFaults(@Body() body: Bytes): { faults: readonly object[] } {
    this.faults.add(readFaults(body).faults);
    return this.showFaults();
  }

  @Delete('faults')
  endFaults(): { faults: readonly object[] } {
    this.faults.replace([], 1);
    return this.showFaults();
  }

  /** Token requests, whatever became of them: `counts` of all by client id, `data` of the latest. */
  @Get('token-requests')
  tokenRequests(@Query('client_id') clientId: string | undefined): object {
    const data = this.log.find({ endpoint: 'token', ...(clientId === undefined ? {} : { clientId }) });
    return { counts: this.log.countsOf('token'), data };
  }

  @Get('calls')
  calls(
    @Query('endpoint') endpoint: string | undefined,
    @Query('client_id') clientId: string | undefined,
    @Query('session_id') sessionId: string | undefined,
  ): object {
    const known = ENDPOINTS.find((name) => name === endpoint);
    const data = this.log.find({
      ...(known === undefined ? {} : { endpoint: known }),
      ...(clientId === undefined ? {} : { clientId }),
      ...(sessionId === undefined ? {} : { sessionId }),
    });
    return { data };
  }

  @Get('sessions')
  listSessions(
    @Query('client_id') clientId: string | undefined,
    @Query('reference') reference: string | undefined,
  ): { data: readonly object[] } {
    const found = this.store
      .all()
      .filter((session) => clientId === undefined || session.clientId === clientId)
      .filter((session) => reference === undefined || session.request['reference'] === reference);
    return { data: found.map(show) };
  }

  @Get('sessions/:id')
  showSession(@Param('id') id: string): object {
    return show(this.get(id));
  }

  /** Ends a session without card or cardholder, or leaves it `processing`. */
  @Post('sessions/:id/settle')
  @HttpCode(200)
  settle(@Param('id') id: string, @Body() body: Bytes): object {
    const reader = new FieldReader(readJsonObject(body));
    const status = readSettlement(reader);
    reader.finish();
    const session = this.get(id);
    this.sessions.end(session, forced(session, status));
    return show(session);
  }

  /** A further address of the simulator, which can be shut. */
  @Post('doors')
  addDoor(): Promise<Door> {
    return this.doors.add();
  }

  @Put('doors/:port')
  async setDoor(@Param('port') port: string, @Body() body: Bytes): Promise<Door> {
    const reader = new FieldReader(readJsonObject(body));
    reader.only('open');
    reader.require('open');
    const open = reader.flag('open', true);
    reader.finish();
    return this.doors.set(Number(port), open);
  }

  @Get('callbacks')
  listCallbacks(@Query('session_id') sessionId: string | undefined): object {
    return { data: this.callbacks.all().filter((sent) => sessionId === undefined || sent.sessionId === sessionId) };
  }

  @Get('webhooks')
  listWebhooks(@Query('session_id') sessionId: string | undefined): { data: readonly SentWebhook[] } {
    return { data: this.webhooks.all().filter((sent) => sessionId === undefined || sent.sessionId === sessionId) };
  }

  @Post('webhooks/:id/resend')
  @HttpCode(200)
  async resend(@Param('id') id: string): Promise<SentWebhook> {
    const sent = await this.webhooks.resend(id);
    if (!sent) throw new NotFound('webhook');
    return sent;
  }

  private get(id: string): UpstreamSession {
    const session = this.store.find(id);
    if (!session) throw new NotFound('session');
    return session;
  }
}

function readFaults(body: Bytes): { faults: readonly UpstreamFault[]; seed: number } {
  const reader = new FieldReader(readJsonObject(body));
  reader.only('faults', 'seed');
  const faults = reader.objects('faults').map(readFault);
  const seed = reader.integer('seed', [0, 0xffff_ffff], 1);
  reader.finish();
  return { faults, seed };
}

function withoutSecrets({ clientSecrets, webhook, ...account }: UpstreamAccount): object {
  return { ...account, secrets: clientSecrets.length, webhook: webhook && { url: webhook.url, signed: !!webhook.key } };
}

/** Without the session's secret and its authentication value. */
function show(session: UpstreamSession): object {
  const { cryptogram: _cryptogram, ...outcome } = session.outcome;
  return {
    id: session.id,
    clientId: session.clientId,
    transactionId: session.transactionId,
    createdAt: session.createdAt.toISOString(),
    scheme: session.scheme,
    instrumentId: session.instrumentId,
    channel: session.channel,
    completed: session.completed,
    outcome,
    request: session.request,
    updates: session.updates,
  };
}
