import { Instruments, type Instrument } from '@app/cards';
import { encodeId, NotAllowed, NotFound, type Clock } from '@app/kernel';
import { AccessLog, CLOCK, Database } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { actorName, assertScope, type Caller } from '../caller';

type TokenCaller = Extract<Caller, { kind: 'token' }>;

/** What a merchant does with the cards that it keeps. Ids are UUIDs. */
@Injectable()
export class KeptCards {
  constructor(
    private readonly instruments: Instruments,
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws NotFound for another merchant's too, NotAllowed (session secret, scope) */
  async get(caller: Caller, id: string): Promise<Instrument> {
    assertToken(caller);
    const instrument = await this.instruments.find(id, caller.actor);
    if (!instrument) throw new NotFound('instrument');
    return instrument;
  }

  /** Erases a card at once, and notes who wanted that. @throws as `get` */
  async delete(caller: Caller, id: string): Promise<void> {
    assertToken(caller);
    const { merchantId } = caller.actor;
    await this.database.transaction(async (tx) => {
      if (!(await this.instruments.delete(id, caller.actor, tx))) throw new NotFound('instrument');
      const actor = `access_key:${actorName(caller)}`;
      const subject = encodeId('instrument', id);
      await this.accessLog.record({ at: this.clock.now(), merchantId, actor, act: 'instrument.deleted', subject }, tx);
    });
  }
}

/** A session's secret opens that session and nothing else; any scope of sessions will do. */
function assertToken(caller: Caller): asserts caller is TokenCaller {
  if (caller.kind !== 'token') {
    throw new NotAllowed('operation_not_allowed_for_session_secret', 'Instruments need an access token');
  }
  assertScope(caller.actor, null);
}
