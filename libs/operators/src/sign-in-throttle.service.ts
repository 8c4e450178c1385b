import type { Clock } from '@app/kernel';
import { MacKeys } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { FORGOTTEN_AFTER_MS, LOCKS_MS, type ThrottleKind } from './domain/back-off';
import { OPERATORS_CLOCK } from './operators.clock';
import { SignInLocked } from './operators.errors';
import { SignInThrottleRepository, type CountedTry } from './persistence/sign-in-throttle.repository';

/** Whom a try is counted against; no account before it is known, no address where one client cannot be told from many. */
export interface Tried {
  readonly account: string | null;
  readonly address: string | null;
}

/** A try that is under way. Left alone it stays a failure. */
export interface Try {
  /** It was good: the account starts anew; an address, which others share, only loses this one. */
  succeeded(): Promise<void>;
  /** It was neither good nor bad: as if it had not been. */
  undecided(): Promise<void>;
}

/** Lets nobody guess: failures per account and per address, in Postgres, so that all replicas count together. */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly repository: SignInThrottleRepository,
    private readonly macKeys: MacKeys,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Counts a try before anything is looked at: of many at the same time no more are let through than one after the other.
   * @throws SignInLocked
   */
  async begin({ account, address }: Tried): Promise<Try> {
    const ofAddress = address === null ? null : await this.count('address', address);
    const ofAccount = account === null ? null : await this.count('account', account);
    return {
      succeeded: async () => {
        if (ofAccount) await this.repository.clear(ofAccount.key);
        if (ofAddress) await this.repository.takeBack(ofAddress);
      },
      undecided: async () => {
        if (ofAccount) await this.repository.takeBack(ofAccount);
        if (ofAddress) await this.repository.takeBack(ofAddress);
      },
    };
  }

  /** Lets an account try again at once. */
  async forgive(account: string): Promise<void> {
    await this.repository.clear(await this.keyOf('account', account));
  }

  /** Drops what is forgotten anyway. */
  async clean(): Promise<void> {
    await this.repository.deleteForgotten(this.forgottenBefore());
  }

  private async count(kind: ThrottleKind, name: string): Promise<CountedTry> {
    const key = await this.keyOf(kind, name);
    const now = this.clock.now();
    const counted = await this.repository.count(key, LOCKS_MS[kind], now, this.forgottenBefore());
    if (counted) return counted;
    const until = await this.repository.lockedUntil(key);
    throw new SignInLocked((until?.getTime() ?? 0) - now.getTime());
  }

  // Keyed: what people type into the wrong field must not be found by whoever reads the table.
  private keyOf(kind: ThrottleKind, name: string): Promise<Buffer> {
    return this.macKeys.mac('sign_in_throttle', `${kind}:${name}`);
  }

  private forgottenBefore(): Date {
    return new Date(this.clock.now().getTime() - FORGOTTEN_AFTER_MS);
  }
}
