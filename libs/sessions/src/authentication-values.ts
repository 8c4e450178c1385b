import type { Facts } from '@app/authentication-port';
import { DataKeyring } from '@app/cards';
import { Secret, type Clock } from '@app/kernel';
import { CLOCK } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { authenticationValueContext } from './domain/sealing-contexts';
import type { Session } from './domain/session';

/** Authentication values on their way into and out of storage: sealed, and readable for 24 h only. */
@Injectable()
export class AuthenticationValues {
  constructor(
    private readonly keyring: DataKeyring,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The value among `facts`, sealed for this session; null when there is none. */
  seal(session: Pick<Session, 'id'>, facts: Pick<Facts, 'authenticationValue'>): Buffer | null {
    const value = facts.authenticationValue;
    if (value === undefined) return null;
    return this.keyring.seal(
      'authentication_value',
      Buffer.from(value.expose()),
      authenticationValueContext(session.id),
    );
  }

  /** The stored value while it may still be read; null after that, or when there is none. */
  async open(session: Session): Promise<Secret | null> {
    const { authenticationValueSealed: sealed, authenticationValueExpiresAt: expiresAt } = session.attempt;
    if (sealed === null || expiresAt === null || expiresAt <= this.clock.now()) return null;
    const opened = await this.keyring.open(sealed, authenticationValueContext(session.id));
    return opened === null ? null : new Secret(opened.toString());
  }
}
