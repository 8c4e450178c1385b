import { encodeId, type Clock, type Secret } from '@app/kernel';
import { APP_CONFIG, DOMAIN_EVENTS, type AppConfig, type DomainEvents, type Origin } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { normalEmail } from './domain/email';
import type { Operator } from './domain/operator';
import { Entrance } from './entrance.service';
import { OPERATORS_CLOCK } from './operators.clock';
import { SecondFactorRefused, SecondFactorRequired, SignInRefused } from './operators.errors';
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

/** Signs people in: password, then second factor where there is one. */
@Injectable()
export class SignIn {
  constructor(
    private readonly operators: OperatorRepository,
    private readonly passwords: Passwords,
    private readonly factors: SecondFactors,
    private readonly throttle: SignInThrottle,
    private readonly entrance: Entrance,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
    @Inject(DOMAIN_EVENTS) private readonly events: DomainEvents,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'oidc'>,
  ) {}

  /**
   * The secret of a new session. Nobody can tell an unknown address from a wrong password, by words or by time.
   * @throws SignInLocked, SignInRefused, SecondFactorRequired, SecondFactorRefused
   */
  async signIn({ email, password, factor }: Credentials, { origin, throttleKey }: Whence): Promise<string> {
    const account = normalEmail(email);
    const tried = await this.throttle.begin({ account, address: throttleKey });
    const found = await this.operators.findByEmail(account);
    const operator = found?.status === 'active' && this.mayShowPassword(found) ? found : null;
    const isRight = await this.passwords.verify(operator?.passwordHash ?? null, password);
    if (!operator || !isRight) throw this.entrance.refused('refused', origin, new SignInRefused());
    await this.assertFactor(operator, factor, tried, origin);
    await tried.succeeded();
    await this.renewHash(operator, password);
    if (this.isForEmergencies) await this.tellEmergency(operator);
    const facts = this.isForEmergencies ? { emergency: true } : null;
    return this.entrance.enter(operator, { openedBy: 'password', isVouched: false, facts }, origin);
  }

  private get isForEmergencies(): boolean {
    return this.config.oidc?.isOnlyWay ?? false;
  }

  // Somebody has to mend the way to the provider when it is broken: an administrator whom the provider does not know.
  private mayShowPassword({ role, merchants, identity }: Operator): boolean {
    return !this.isForEmergencies || (role === 'admin' && merchants === 'all' && identity === null);
  }

  private async tellEmergency({ id }: Operator): Promise<void> {
    const subject = encodeId('operator', id);
    const event = { type: 'operator.emergency_sign_in', at: this.clock.now(), merchantId: null, subject, data: {} };
    await this.events.publish(event);
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
      throw this.entrance.refused('factor_required', origin, new SecondFactorRequired());
    }
    if (!(await this.factors.accepts(operator, factor))) {
      throw this.entrance.refused('factor_refused', origin, new SecondFactorRefused());
    }
  }

  private async renewHash({ id, passwordHash }: Operator & OperatorProof, password: Secret): Promise<void> {
    if (passwordHash === null || !this.passwords.isOutdated(passwordHash)) return;
    await this.operators.rehash(id, passwordHash, await this.passwords.hash(password));
  }
}
