import { CountersignError, type Secret } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id as OWASP's password storage cheat sheet has it: 19 MiB, two passes, one lane; some 20 ms of one core. The numbers
 * stand in every hash, so a change makes new ones as people sign in.
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$';

/** One core's worth: the thread pool's other threads stay for files and names. */
const AT_A_TIME = 1;
/** More than would be answered within a second or so. */
const MAX_WAITING = 40;

/**
 * Hashes passwords, which is slow on purpose. On the thread pool and a few at a time, so that nobody who signs in, or only
 * tries to, can take the processor from payments.
 */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | null = null;

  /** What to keep of a password. @throws unavailable when too many are waiting */
  async hash(password: Secret): Promise<string> {
    return this.inTurn(() => hash(password.expose(), PARAMETERS));
  }

  /**
   * Whether `password` is the one behind `stored`. Null stands for nobody and takes the same time.
   * @throws unavailable when too many are waiting
   */
  async verify(stored: string | null, password: Secret): Promise<boolean> {
    const against = stored ?? (await this.decoyHash());
    const matches = await this.inTurn(() => verify(against, password.expose()));
    return stored !== null && matches;
  }

  /** Whether a stored hash was made with other parameters than those of today. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(PREFIX);
  }

  // Made once, so that nobody is answered later than others but the very first.
  private decoyHash(): Promise<string> {
    this.decoy ??= hash('nobody has this password', PARAMETERS);
    return this.decoy;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_A_TIME) await this.turn();
    else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= MAX_WAITING) {
      throw new CountersignError('unavailable', ['service_not_available'], 'Too many people sign in at once', {
        retryAfterSeconds: 1,
      });
    }
    return new Promise((go) => this.waiting.push(go));
  }
}
