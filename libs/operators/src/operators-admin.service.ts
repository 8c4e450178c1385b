import { encodeId, newUuidV7, NotFound, type Clock, type Secret } from '@app/kernel';
import {
  assertChanges,
  AUDIT_SINK,
  Database,
  includesScope,
  isAbout,
  takeVersion,
  UNREASONED,
  type Administrator,
  type AuditSink,
  type Doer,
  type Edit,
  type ListQuery,
  type ListRow,
  type MerchantScope,
  type Queryable,
  type Versioned,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { OperatorFilter, OperatorSort } from './domain/listings';
import { grantFacts } from './domain/facts';
import type { Grant, Operator, OperatorChange, OperatorStatus } from './domain/operator';
import { Grants } from './grants.service';
import { Invitations, type Invitation } from './invitations.service';
import { assertPassword } from './new-password';
import { EmailTaken, LastAdministrator, NotOnYourself } from './operators.errors';
import { OPERATORS_CLOCK } from './operators.clock';
import { OperatorSessions } from './operator-sessions.service';
import { Passwords } from './passwords.service';
import { OperatorRepository } from './persistence/operator.repository';
import { SecondFactorRepository } from './persistence/second-factor.repository';

const OPERATOR = { table: 'operator', kind: 'operator', resource: 'operator' } as const satisfies Versioned;

/** A person to come. `email` is in its normal form. */
export interface NewOperator extends Grant {
  readonly email: string;
  readonly name: string;
}

/**
 * What administrators decide about people. Whoever has some merchants only sees, makes and changes those who have nothing
 * outside of them; nobody takes their own rights or sessions away, nor those of the last active administrator of all merchants.
 */
@Injectable()
export class OperatorsAdmin {
  constructor(
    private readonly database: Database,
    private readonly operators: OperatorRepository,
    private readonly factors: SecondFactorRepository,
    private readonly sessions: OperatorSessions,
    private readonly invitations: Invitations,
    private readonly grants: Grants,
    private readonly passwords: Passwords,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  async list(query: ListQuery<OperatorFilter, OperatorSort>, scope: MerchantScope): Promise<(Operator & ListRow)[]> {
    return this.operators.list(query, scope);
  }

  /** Everybody, by e-mail address, for who sets up an installation. */
  async listAll(): Promise<Operator[]> {
    return this.operators.listAll();
  }

  /** @throws NotFound, also for somebody with merchants outside of the administrator's */
  async get(id: string, { merchants }: Pick<Administrator, 'merchants'>): Promise<Operator> {
    const operator = await this.operators.findById(id);
    if (!operator || !includesScope(merchants, operator.merchants)) throw new NotFound('operator');
    return operator;
  }

  /** Somebody by their id (UUID), as they are now; null when there is nobody, or they are not let in. */
  async findActive(id: string): Promise<Operator | null> {
    const operator = await this.operators.findById(id);
    return operator?.status === 'active' ? operator : null;
  }

  async findByEmail(email: string): Promise<Operator | null> {
    return this.operators.findByEmail(email);
  }

  /** Makes somebody who has no password yet, and an invitation. @throws EmailTaken, GrantExceedsOwn, MerchantsUnknown */
  async invite(
    wanted: NewOperator,
    by: Administrator,
    reason: string | null = null,
  ): Promise<{ operator: Operator; invitation: Invitation }> {
    const operator = await this.newOperator(wanted, 'invited', by);
    const invitation = await this.database.transaction(async (tx) => {
      await this.insert(operator, null, tx);
      const issued = await this.invitations.issue(operator.id, tx);
      await this.note(by, 'operator.invited', operator, { after: personFacts(operator), reason }, tx);
      return issued;
    });
    return { operator, invitation };
  }

  /** Makes somebody with a password, for who sets up an installation. @throws as `invite`, InvalidRequest for the password */
  async create(wanted: NewOperator, password: Secret, by: Administrator): Promise<Operator> {
    assertPassword(password, wanted.email);
    const operator = await this.newOperator(wanted, 'active', by);
    const hash = await this.passwords.hash(password);
    await this.database.transaction(async (tx) => {
      await this.insert(operator, hash, tx);
      await this.note(by, 'operator.created', operator, { after: personFacts(operator) }, tx);
    });
    return operator;
  }

  /** Whether this is the password of the person with this e-mail address. */
  async hasPassword(email: string, password: Secret): Promise<boolean> {
    const operator = await this.operators.findByEmail(email);
    return this.passwords.verify(operator?.passwordHash ?? null, password);
  }

  /** Sets somebody's password and ends their sessions. @throws NotFound, InvalidRequest for the password */
  async setPassword(id: string, password: Secret, by: Administrator): Promise<void> {
    const operator = await this.get(id, by);
    assertPassword(password, operator.email);
    const hash = await this.passwords.hash(password);
    await this.database.transaction(async (tx) => {
      await this.operators.setPassword(id, hash, this.clock.now(), tx);
      await this.sessions.endAllOf(id, null, tx);
      await this.note(by, 'operator.password_set', operator, {}, tx);
    });
  }

  /** A new invitation for somebody who has lost the old one, or the password. */
  async reinvite(id: string, by: Administrator, reason: string | null = null): Promise<Invitation> {
    const operator = await this.get(id, by);
    return this.database.transaction(async (tx) => {
      const issued = await this.invitations.issue(id, tx);
      await this.note(by, 'operator.reinvited', operator, { reason }, tx);
      return issued;
    });
  }

  /** @throws NotFound, InvalidRequest, NotOnYourself, GrantExceedsOwn, MerchantsUnknown, LastAdministrator, ChangedMeanwhile */
  async change(id: string, change: OperatorChange, by: Administrator, edit: Edit = UNREASONED): Promise<Operator> {
    const operator = await this.get(id, by);
    assertChanges(change);
    const { role, merchants } = change;
    if (role !== undefined || merchants !== undefined) assertOther(operator, by);
    if (merchants !== undefined) await this.grants.assertGrantable(by.merchants, merchants);
    const [, asked] = differing(personFacts(operator), personFacts({ ...operator, ...change }));
    if (Object.keys(asked).length === 0 && isAbout(operator, edit.version)) return operator;
    return this.database.transaction(async (tx) => {
      if ((role ?? 'admin') !== 'admin' || (merchants ?? 'all') !== 'all') await this.assertNotLast(tx, operator);
      const changed = await this.apply(tx, operator, change, edit);
      const [before, after] = differing(personFacts(operator), personFacts(changed));
      await this.note(by, 'operator.changed', operator, { before, after, reason: edit.reason }, tx);
      return changed;
    });
  }

  /** Signs somebody out for good, with whatever is out for them. @throws NotFound, NotOnYourself, LastAdministrator, ChangedMeanwhile */
  async disable(id: string, by: Administrator, edit: Edit = UNREASONED): Promise<Operator> {
    const operator = await this.get(id, by);
    assertOther(operator, by);
    if (operator.status === 'disabled' && isAbout(operator, edit.version)) return operator;
    return this.database.transaction(async (tx) => {
      await this.assertNotLast(tx, operator);
      const changed = await this.apply(tx, operator, { status: 'disabled' }, edit);
      await this.sessions.endAllOf(id, null, tx);
      await this.invitations.withdraw(id, tx);
      await this.note(
        by,
        'operator.disabled',
        operator,
        { ...statusFacts(operator, changed), reason: edit.reason },
        tx,
      );
      return changed;
    });
  }

  /** Lets somebody in again, who has to be invited anew where there is no password. @throws NotFound, ChangedMeanwhile */
  async enable(id: string, by: Administrator, edit: Edit = UNREASONED): Promise<Operator> {
    const operator = await this.get(id, by);
    if (operator.status !== 'disabled' && isAbout(operator, edit.version)) return operator;
    const status = operator.hasPassword || operator.identity !== null ? 'active' : 'invited';
    return this.database.transaction(async (tx) => {
      const changed = await this.apply(tx, operator, { status }, edit);
      await this.note(by, 'operator.enabled', operator, { ...statusFacts(operator, changed), reason: edit.reason }, tx);
      return changed;
    });
  }

  /** For who has lost telephone and recovery codes. Ends their sessions. @throws NotFound, NotOnYourself */
  async resetSecondFactor(id: string, by: Administrator, edit: Edit = UNREASONED): Promise<Operator> {
    const operator = await this.get(id, by);
    assertOther(operator, by);
    await this.database.transaction(async (tx) => {
      await this.take(tx, operator, edit);
      await this.factors.clear(tx, id);
      await this.sessions.endAllOf(id, null, tx);
      const change = {
        before: { has_second_factor: operator.hasSecondFactor },
        after: { has_second_factor: false },
      };
      await this.note(by, 'operator.second_factor_reset', operator, { ...change, reason: edit.reason }, tx);
    });
    return this.get(id, by);
  }

  /**
   * For somebody who is another one at the identity provider from now on. Ends their sessions; the next who signs in there
   * with their e-mail address is linked. @throws NotFound, NotOnYourself, LastAdministrator where there is no password either
   */
  async unlinkIdentity(id: string, by: Administrator, edit: Edit = UNREASONED): Promise<Operator> {
    const operator = await this.get(id, by);
    assertOther(operator, by);
    if (operator.identity === null && isAbout(operator, edit.version)) return operator;
    const { issuer = null, subject = null } = operator.identity ?? {};
    await this.database.transaction(async (tx) => {
      if (!operator.hasPassword) await this.assertNotLast(tx, operator);
      await this.take(tx, operator, edit);
      await this.operators.unlink(tx, id);
      await this.sessions.endAllOf(id, null, tx);
      const change = { before: { issuer, subject }, after: { issuer: null, subject: null } };
      await this.note(by, 'operator.identity_unlinked', operator, { ...change, reason: edit.reason }, tx);
    });
    return this.get(id, by);
  }

  /** Signs somebody out everywhere; gives of how many sessions. @throws NotFound */
  async endSessions(id: string, by: Administrator, reason: string | null = null): Promise<number> {
    const operator = await this.get(id, by);
    return this.database.transaction(async (tx) => {
      const ended = await this.sessions.endAllOf(id, null, tx);
      await this.note(
        by,
        'operator.sessions_ended',
        operator,
        { before: { sessions: ended }, after: { sessions: 0 }, reason },
        tx,
      );
      return ended;
    });
  }

  private async newOperator(wanted: NewOperator, status: OperatorStatus, by: Administrator): Promise<Operator> {
    await this.grants.assertGrantable(by.merchants, wanted.merchants);
    const at = this.clock.now();
    return {
      ...wanted,
      id: newUuidV7(at),
      status,
      hasPassword: status === 'active',
      hasSecondFactor: false,
      identity: null,
      createdAt: at,
      lastSignedInAt: null,
      version: 1,
    };
  }

  private async insert(operator: Operator, hash: string | null, tx: Queryable): Promise<void> {
    if (!(await this.operators.insert(operator, hash, tx))) throw new EmailTaken();
  }

  private async apply(
    tx: Queryable,
    operator: Operator,
    change: OperatorChange & { status?: OperatorStatus },
    edit: Edit,
  ): Promise<Operator> {
    await this.take(tx, operator, edit);
    const changed = await this.operators.change(tx, operator.id, change);
    if (!changed) throw new NotFound('operator');
    return changed;
  }

  /** Comes before anything else in `tx`: of two who take each other's rights away, the second finds that the first is gone. */
  private async assertNotLast(tx: Queryable, { id }: Operator): Promise<void> {
    const administrators = await this.operators.holdAdministrators(tx);
    if (administrators.includes(id) && administrators.length === 1) throw new LastAdministrator();
  }

  /** Whom an administrator decided about is whom they saw, or else the one whose rights were looked at just now. */
  private take(tx: Queryable, { id, version }: Operator, edit: Edit): Promise<void> {
    return takeVersion(tx, OPERATOR, id, edit.version ?? version, this.clock.now());
  }

  private async note(
    by: Doer,
    act: string,
    { id }: Operator,
    what: { before?: Facts; after?: Facts; reason?: string | null },
    tx: Queryable,
  ): Promise<void> {
    const subject = encodeId('operator', id);
    await this.audit.record({ at: this.clock.now(), by, act, subject, merchantId: null, ...what }, tx);
  }
}

type Facts = Readonly<Record<string, unknown>>;

const personFacts = (operator: Operator): Facts => ({
  email: operator.email,
  name: operator.name,
  ...grantFacts(operator),
});

const statusFacts = (before: Operator, after: Operator): { before: Facts; after: Facts } => ({
  before: { status: before.status },
  after: { status: after.status },
});

function differing(before: Facts, after: Facts): [before: Facts, after: Facts] {
  const names = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const only = (facts: Facts): Facts => Object.fromEntries(names.map((name) => [name, facts[name]]));
  return [only(before), only(after)];
}

function assertOther({ id }: Operator, { wireId }: Administrator): void {
  if (encodeId('operator', id) === wireId) throw new NotOnYourself();
}
