import { encodeId, type Clock, type Secret } from '@app/kernel';
import { AUDIT_SINK, Database, LOG, Metrics, type AuditSink, type Logger, type Origin } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { normalEmail } from './domain/email';
import type { Operator } from './domain/operator';
import { OPERATORS_CLOCK } from './operators.clock';
import { SecondFactorRefused, SecondFactorRequired, SignInRefused } from './operators.errors';
import { OperatorSessions } from './operator-sessions.service';
import { Passwords } from './passwords.service';
import { OperatorRepository, type OperatorProof } from './persistence/operator.repository';
import { SecondFactors, type ShownFactor } from './second-factor.service';
import { SignInThrottle, type Try } from './sign-in-throttle.service';

/** What somebody shows to sign in. */
export interface Credentials {
  readonly email: string;
  readonly password: Secret;
  /** Null: not asked for yet. */
  readonly factor: ShownFactor | null;
}

/** Where somebody signs in from: `origin` for the audit log, `throttleKey` where one client can be told from many. */
export interface Whence {
  readonly origin: Origin;
  readonly throttleKey: string | null;
}

type Outcome = 'signed_in' | 'refused' | 'factor_required' | 'factor_refused';

/** Signs people in: password, then second factor where there is one. */
@Injectable()
export class SignIn {
  private readonly outcomes;

  constructor(
    private readonly database: Database,
    private readonly operators: OperatorRepository,
    private readonly passwords: Passwords,
    private readonly factors: SecondFactors,
    private readonly throttle: SignInThrottle,
    private readonly sessions: OperatorSessions,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.outcomes = metrics.counter('operator_sign_ins_total', 'Tries to sign in to the console', ['outcome']);
  }

  /**
   * The secret of a new session. Nobody can tell an unknown address from a wrong password, by words or by time.
   * @throws SignInLocked, SignInRefused, SecondFactorRequired, SecondFactorRefused
   */
  async signIn({ email, password, factor }: Credentials, { origin, throttleKey }: Whence): Promise<string> {
    const account = normalEmail(email);
    const tried = await this.throttle.begin({ account, address: throttleKey });
    const found = await this.operators.findByEmail(account);
    const operator = found?.status === 'active' ? found : null;
    const isRight = await this.passwords.verify(operator?.passwordHash ?? null, password);
    if (!operator || !isRight) throw this.failed('refused', origin, new SignInRefused());
    await this.assertFactor(operator, factor, tried, origin);
    await tried.succeeded();
    await this.renewHash(operator, password);
    return this.enter(operator, origin);
  }

  private async assertFactor(
    operator: Operator & OperatorProof,
    factor: ShownFactor | null,
    tried: Try,
    origin: Origin,
  ): Promise<void> {
    if (!operator.hasSecondFactor) return;
    if (factor === null) {
      await tried.undecided();
      throw this.failed('factor_required', origin, new SecondFactorRequired());
    }
    if (!(await this.factors.accepts(operator, factor))) {
      throw this.failed('factor_refused', origin, new SecondFactorRefused());
    }
  }

  private async enter({ id, email }: Operator, origin: Origin): Promise<string> {
    const at = this.clock.now();
    const wireId = encodeId('operator', id);
    const secret = await this.database.transaction(async (tx) => {
      const opened = await this.sessions.open(id, origin.address, tx);
      await this.operators.noteSignIn(id, at, tx);
      const by = { kind: 'operator', wireId, name: email, origin } as const;
      await this.audit.record({ at, by, act: 'operator.signed_in', subject: wireId, merchantId: null }, tx);
      return opened;
    });
    this.outcomes.inc({ outcome: 'signed_in' satisfies Outcome });
    return secret;
  }

  private async renewHash({ id, passwordHash }: Operator & OperatorProof, password: Secret): Promise<void> {
    if (passwordHash === null || !this.passwords.isOutdated(passwordHash)) return;
    await this.operators.rehash(id, passwordHash, await this.passwords.hash(password));
  }

  private failed(outcome: Outcome, { address }: Origin, error: Error): Error {
    this.outcomes.inc({ outcome });
    this.log.info({ outcome, address }, 'sign-in refused');
    return error;
  }
}
