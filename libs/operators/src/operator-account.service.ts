import { InvalidRequest, type Clock, type Secret } from '@app/kernel';
import { AUDIT_SINK, Database, type AdminActor, type AuditSink } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Operator } from './domain/operator';
import { OPERATORS_CLOCK } from './operators.clock';
import {
  OperatorsOnly,
  SecondFactorRefused,
  SecondFactorRequired,
  SignInAgain,
  SignInRefused,
} from './operators.errors';
import { OperatorSessions } from './operator-sessions.service';
import { Passwords } from './passwords.service';
import { assertPassword } from './new-password';
import { OperatorRepository, type OperatorProof } from './persistence/operator.repository';
import { SecondFactors, type ShownFactor } from './second-factor.service';
import { SignInThrottle, type Try } from './sign-in-throttle.service';

/** What is shown again before something that a session alone must not be enough for. */
export interface Proof {
  /** Null: not shown. Whoever has none has just come from the identity provider instead. */
  readonly password: Secret | null;
  readonly factor: ShownFactor | null;
}

/** A person's own affairs. */
@Injectable()
export class OperatorAccount {
  constructor(
    private readonly database: Database,
    private readonly operators: OperatorRepository,
    private readonly passwords: Passwords,
    private readonly factors: SecondFactors,
    private readonly throttle: SignInThrottle,
    private readonly sessions: OperatorSessions,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  /** The person who calls, with the number of recovery codes that are left. @throws OperatorsOnly */
  async show(actor: AdminActor): Promise<{ operator: Operator; recoveryCodesLeft: number }> {
    const operator = await this.own(actor);
    return { operator, recoveryCodesLeft: await this.factors.codesLeft(actor.id) };
  }

  /** @throws OperatorsOnly */
  async signOut(actor: AdminActor): Promise<void> {
    const { sessionId } = actor;
    if (sessionId === null) throw new OperatorsOnly();
    await this.database.transaction(async (tx) => {
      await this.sessions.end(sessionId, tx);
      await this.audit.record(this.entry(actor, 'operator.signed_out'), tx);
    });
  }

  /**
   * Sets a new password and ends the person's other sessions.
   * @throws OperatorsOnly, SignInLocked, SignInRefused, InvalidRequest with what is wrong with the new one
   */
  async changePassword(actor: AdminActor, current: Secret, next: Secret): Promise<void> {
    const { email } = await this.proven(actor, { password: current, factor: null }, { withFactor: false });
    assertPassword(next, email);
    const hash = await this.passwords.hash(next);
    await this.database.transaction(async (tx) => {
      await this.operators.setPassword(actor.id, hash, this.clock.now(), tx);
      await this.sessions.endAllOf(actor.id, actor.sessionId, tx);
      await this.audit.record(this.entry(actor, 'operator.password_changed'), tx);
    });
  }

  /**
   * A new secret for an authenticator app. Who has one already shows it, too.
   * @throws OperatorsOnly, SignInLocked, SignInRefused, SignInAgain, SecondFactorRequired, SecondFactorRefused
   */
  async beginSecondFactor(actor: AdminActor, proof: Proof): Promise<{ secret: string; uri: string }> {
    await this.proven(actor, proof, { withFactor: true });
    return this.factors.begin(actor);
  }

  /** Makes it count; gives recovery codes. @throws OperatorsOnly, NotAllowed, SecondFactorRefused, SignInLocked */
  async confirmSecondFactor(actor: AdminActor, totp: string): Promise<string[]> {
    const { email } = await this.own(actor);
    const tried = await this.throttle.begin({ account: email, address: null });
    const codes = await this.factors.confirm(actor, totp);
    await tried.succeeded();
    return codes;
  }

  private async proven(
    actor: AdminActor,
    { password, factor }: Proof,
    { withFactor }: { withFactor: boolean },
  ): Promise<Operator> {
    const operator = await this.own(actor);
    const tried = await this.throttle.begin({ account: operator.email, address: null });
    await this.assertPresent(operator, password, actor, tried);
    if (withFactor && operator.hasSecondFactor) {
      if (factor === null) {
        await tried.undecided();
        throw new SecondFactorRequired();
      }
      if (!(await this.factors.accepts(operator, factor))) throw new SecondFactorRefused();
    }
    await tried.succeeded();
    return operator;
  }

  private async assertPresent(
    { passwordHash }: OperatorProof,
    password: Secret | null,
    { sessionId }: AdminActor,
    tried: Try,
  ): Promise<void> {
    if (password !== null) {
      if (!(await this.passwords.verify(passwordHash, password))) throw new SignInRefused();
      return;
    }
    // Nothing was guessed.
    await tried.undecided();
    if (passwordHash !== null) throw new InvalidRequest(['password_required']);
    if (sessionId === null || !(await this.sessions.isFreshFromProvider(sessionId))) throw new SignInAgain();
  }

  private async own({ kind, id }: AdminActor): Promise<Operator & OperatorProof> {
    const operator = kind === 'operator' ? await this.operators.findById(id) : null;
    if (!operator) throw new OperatorsOnly();
    return operator;
  }

  private entry(actor: AdminActor, act: string): Parameters<AuditSink['record']>[0] {
    return { at: this.clock.now(), by: actor, act, subject: actor.wireId, merchantId: null };
  }
}
