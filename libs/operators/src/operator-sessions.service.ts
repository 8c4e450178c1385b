import { randomBytes } from 'node:crypto';
import { newUuidV7, Unauthenticated, type Clock } from '@app/kernel';
import type { Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import {
  ABSOLUTE_MS,
  IDLE_MS,
  isAlive,
  isFreshFromProvider,
  NOTED_EVERY_MS,
  type Opening,
} from './domain/session-life';
import { hashOfSecret, isSecret } from './domain/session-secrets';
import { OPERATORS_CLOCK } from './operators.clock';
import { OperatorSessionRepository, type SignedIn } from './persistence/operator-session.repository';

/** Who is signed in where. A session is a random secret in a cookie; what is stored is its hash. */
@Injectable()
export class OperatorSessions {
  constructor(
    private readonly repository: OperatorSessionRepository,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  /** A new session, as the secret that names it. */
  async open(operatorId: string, address: string | null, opening: Opening, tx?: Queryable): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const at = this.clock.now();
    const tokenHash = hashOfSecret(secret);
    await this.repository.insert({ id: newUuidV7(at), operatorId, tokenHash, address, at, ...opening }, tx);
    return secret;
  }

  /** Whether a session was opened by the identity provider a moment ago. */
  async isFreshFromProvider(id: string): Promise<boolean> {
    const session = await this.repository.findById(id);
    return session !== null && isFreshFromProvider(session, this.clock.now());
  }

  /**
   * The session behind a secret and its person, as both are now.
   * @param isActive whether somebody is at the keyboard: keeps the session from ending idle
   * @throws Unauthenticated
   */
  async authenticate(secret: string, isActive: boolean): Promise<SignedIn> {
    const found = isSecret(secret) ? await this.repository.find(hashOfSecret(secret)) : null;
    const now = this.clock.now();
    if (!found || found.operator.status !== 'active' || !isAlive(found.session, now)) throw new Unauthenticated();
    if (isActive && now.getTime() - found.session.lastSeenAt.getTime() >= NOTED_EVERY_MS) {
      await this.repository.touch(found.session.id, now);
    }
    return found;
  }

  async end(id: string, tx?: Queryable): Promise<void> {
    await this.repository.delete(id, tx);
  }

  /** Ends a person's sessions, but for one where that is named; gives how many there were. */
  async endAllOf(operatorId: string, exceptId: string | null = null, tx?: Queryable): Promise<number> {
    return this.repository.deleteOf(operatorId, exceptId, tx);
  }

  /** Deletes what has ended by itself. */
  async clean(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.repository.deleteDead(new Date(now - ABSOLUTE_MS), new Date(now - IDLE_MS));
  }
}
