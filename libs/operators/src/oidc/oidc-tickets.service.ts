import type { Clock } from '@app/kernel';
import { CryptoBox } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { hashOfSecret } from '../domain/session-secrets';
import { OPERATORS_CLOCK } from '../operators.clock';
import { OidcReturnRepository } from '../persistence/oidc-return.repository';
import type { Challenge } from './identity-provider.service';

const MINUTE_MS = 60_000;

/** How long somebody may take at the provider, and for the second factor after it. */
export const TICKET_LIFE_MS = { begun: 10 * MINUTE_MS, recognised: 5 * MINUTE_MS } as const;

/** Somebody whom the provider has named, and whose second factor we still ask for. */
export interface Recognised {
  readonly operatorId: string;
  readonly issuer: string;
  readonly subject: string;
}

interface Tickets {
  readonly begun: Challenge;
  readonly recognised: Recognised;
}

type Stage = keyof Tickets;

const contextOf = (stage: Stage): string => `operator.oidc_${stage}`;

/**
 * What a browser keeps for us on its way through the provider: sealed, so that it can neither read nor change it, and good for
 * minutes. Nothing of it is stored but that a sign-in has come back.
 */
@Injectable()
export class OidcTickets {
  constructor(
    private readonly box: CryptoBox,
    private readonly returns: OidcReturnRepository,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  /** A ticket as text for a cookie. */
  issue<S extends Stage>(stage: S, what: Tickets[S]): string {
    const until = this.clock.now().getTime() + TICKET_LIFE_MS[stage];
    return this.box.seal(Buffer.from(JSON.stringify({ until, what })), contextOf(stage)).toString('base64url');
  }

  /** What is in a ticket; null when it is none of this stage, or too old. */
  read<S extends Stage>(stage: S, ticket: string | null): Tickets[S] | null {
    if (ticket === null) return null;
    const opened = this.open(stage, ticket);
    return opened !== null && opened.until > this.clock.now().getTime() ? opened.what : null;
  }

  /** Uses a sign-in up: false when it came back before, to any replica. */
  async use({ state }: Challenge): Promise<boolean> {
    // By then its ticket is too old, whenever it was made.
    const forgottenAt = new Date(this.clock.now().getTime() + TICKET_LIFE_MS.begun);
    return this.returns.take(hashOfSecret(state), forgottenAt);
  }

  /** Forgets what is too old anyway. */
  async clean(): Promise<void> {
    await this.returns.deleteExpired(this.clock.now());
  }

  private open<S extends Stage>(stage: S, ticket: string): { until: number; what: Tickets[S] } | null {
    try {
      const text = this.box.open(Buffer.from(ticket, 'base64url'), contextOf(stage)).toString('utf8');
      return JSON.parse(text) as { until: number; what: Tickets[S] };
    } catch {
      // Made up, changed, or sealed under a key that is gone: no ticket of ours.
      return null;
    }
  }
}
