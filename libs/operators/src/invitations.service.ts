import { randomBytes } from 'node:crypto';
import { encodeId, Secret, type Clock } from '@app/kernel';
import { AUDIT_SINK, Database, type AuditSink, type Origin, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { hashOfSecret, isSecret } from './domain/session-secrets';
import type { Operator } from './domain/operator';
import { assertPassword } from './new-password';
import { OPERATORS_CLOCK } from './operators.clock';
import { InvitationRefused } from './operators.errors';
import { OperatorSessions } from './operator-sessions.service';
import { Passwords } from './passwords.service';
import { InvitationRepository } from './persistence/invitation.repository';
import { OperatorRepository } from './persistence/operator.repository';
import { SignInThrottle } from './sign-in-throttle.service';

const LIFE_MS = 7 * 24 * 3_600_000;

/** A link that lets one person set a password, once. What is stored is the hash of its token. */
export interface Invitation {
  readonly token: Secret;
  readonly expiresAt: Date;
}

/** How people come to their first password, and to a new one when they have lost it. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly repository: InvitationRepository,
    private readonly operators: OperatorRepository,
    private readonly passwords: Passwords,
    private readonly sessions: OperatorSessions,
    private readonly throttle: SignInThrottle,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  /** A new invitation; an earlier one ends. */
  async issue(operatorId: string, tx: Queryable): Promise<Invitation> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + LIFE_MS);
    await this.repository.put(operatorId, hashOfSecret(token), expiresAt, tx);
    return { token: new Secret(token), expiresAt };
  }

  /** Ends what is out. */
  async withdraw(operatorId: string, tx: Queryable): Promise<void> {
    await this.repository.deleteOf(operatorId, tx);
  }

  /**
   * Sets the password of whoever was invited, and ends the sessions that were opened with another one.
   * @throws InvitationRefused; InvalidRequest with what is wrong with the password: then the invitation stays good
   */
  async accept(token: string, password: Secret, origin: Origin): Promise<Operator> {
    const operator = await this.invited(token);
    assertPassword(password, operator.email);
    const hash = await this.passwords.hash(password);
    const at = this.clock.now();
    const wireId = encodeId('operator', operator.id);
    await this.database.transaction(async (tx) => {
      if (!(await this.repository.take(hashOfSecret(token), at, tx))) throw new InvitationRefused();
      await this.operators.setPassword(operator.id, hash, at, tx);
      await this.sessions.endAllOf(operator.id, null, tx);
      const by = { kind: 'operator', wireId, name: operator.email, origin } as const;
      await this.audit.record({ at, by, act: 'operator.invitation_accepted', subject: wireId, merchantId: null }, tx);
    });
    // Whoever forgot the password may have tried too often.
    await this.throttle.forgive(operator.email);
    return operator;
  }

  /** Drops those that are over. */
  async clean(): Promise<void> {
    await this.repository.deleteExpired(this.clock.now());
  }

  private async invited(token: string): Promise<Operator> {
    const id = isSecret(token) ? await this.repository.find(hashOfSecret(token), this.clock.now()) : null;
    const operator = id === null ? null : await this.operators.findById(id);
    if (!operator || operator.status === 'disabled') throw new InvitationRefused();
    return operator;
  }
}
