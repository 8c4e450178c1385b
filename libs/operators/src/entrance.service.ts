import { encodeId, type Clock } from '@app/kernel';
import {
  AUDIT_SINK,
  Database,
  LOG,
  Metrics,
  type AuditSink,
  type Logger,
  type Origin,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Operator } from './domain/operator';
import type { Opening } from './domain/session-life';
import { OPERATORS_CLOCK } from './operators.clock';
import { OperatorSessions } from './operator-sessions.service';
import { OperatorRepository } from './persistence/operator.repository';

type Refusal = 'refused' | 'factor_required' | 'factor_refused';

/** How somebody came in, and what the audit log says of it. */
export interface Entry extends Opening {
  readonly facts: Readonly<Record<string, unknown>> | null;
}

/** The door itself, whichever way somebody comes: a session, an entry of the audit log, and numbers. */
@Injectable()
export class Entrance {
  private readonly outcomes;

  constructor(
    private readonly database: Database,
    private readonly operators: OperatorRepository,
    private readonly sessions: OperatorSessions,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.outcomes = metrics.counter('operator_sign_ins_total', 'Tries to sign in to the console', ['outcome']);
  }

  /**
   * The secret of a new session.
   * @param also what has to happen with it, in the same transaction
   */
  async enter(
    { id, email }: Operator,
    { openedBy, isVouched, facts }: Entry,
    origin: Origin,
    also?: (tx: Queryable) => Promise<void>,
  ): Promise<string> {
    const at = this.clock.now();
    const wireId = encodeId('operator', id);
    const secret = await this.database.transaction(async (tx) => {
      await also?.(tx);
      const opened = await this.sessions.open(id, origin.address, { openedBy, isVouched }, tx);
      await this.operators.noteSignIn(id, at, tx);
      const by = { kind: 'operator', wireId, name: email, origin } as const;
      const entry = { at, by, act: 'operator.signed_in', subject: wireId, merchantId: null, after: facts };
      await this.audit.record(entry, tx);
      return opened;
    });
    this.outcomes.inc({ outcome: 'signed_in' });
    return secret;
  }

  /** Counts that somebody was not let in; gives the error that tells them. */
  refused<E extends Error>(outcome: Refusal, { address }: Origin, error: E): E {
    this.outcomes.inc({ outcome });
    this.log.info({ outcome, address }, 'sign-in refused');
    return error;
  }
}
