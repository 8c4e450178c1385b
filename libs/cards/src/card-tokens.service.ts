import { newUuidV7, uuidV7Floor, type Clock } from '@app/kernel';
import { CLOCK, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DataKeyring } from './data-keyring.service';
import { TOKEN_LIFE_MS, tokenContext, type CardTokenState, type NewCardToken } from './domain/card-token';
import { fromSealable, toSealable, type CardOwner, type HeldCard } from './domain/held-card';
import { DAY_MS } from './domain/key-purpose';
import { inBatches } from './erasure';
import { CardTokenRepository } from './persistence/card-token.repository';

/** One-time tokens: a card that a page handed over, for minutes, until a session takes it. */
@Injectable()
export class CardTokens {
  constructor(
    private readonly repository: CardTokenRepository,
    private readonly keyring: DataKeyring,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Keeps a card for a while; gives the token (UUID) that stands for it, and its end. */
  async issue({ card, ...owner }: NewCardToken): Promise<{ id: string; expiresAt: Date }> {
    const createdAt = this.clock.now();
    const id = newUuidV7(createdAt);
    const expiresAt = new Date(createdAt.getTime() + TOKEN_LIFE_MS);
    const { expiryMonth, expiryYear } = card;
    const sealed = this.seal(owner, id, card);
    await this.repository.insert({ ...owner, id, sealed, expiryMonth, expiryYear, createdAt, expiresAt });
    return { id, expiresAt };
  }

  /** What a token stands for; it stays good. Others' are unknown. */
  async find(id: string, owner: CardOwner, tx?: Queryable): Promise<CardTokenState> {
    const row = await this.repository.find(id, owner, tx);
    if (!row) return { is: 'unknown' };
    const { sealed, spentBy, expiresAt, expiryMonth, expiryYear } = row;
    const isAlive = sealed !== null && expiresAt > this.clock.now();
    const opened = isAlive ? await this.keyring.open(sealed, tokenContext(owner.merchantId, id)) : null;
    if (!opened) return { is: 'over', spentBy };
    return { is: 'good', card: { ...fromSealable(opened), expiryMonth, expiryYear } };
  }

  /**
   * Spends a token on a session and erases its number; false when somebody was faster, or its time has run out. In the
   * transaction that stores the session: either both happen or neither.
   */
  spend(tx: Queryable, id: string, owner: CardOwner, sessionId: string): Promise<boolean> {
    return this.repository.spend(tx, id, owner, sessionId, this.clock.now());
  }

  /** Makes a token good again that was spent on a session which came to nothing. Never longer than it would have been. */
  async giveBack(id: string, owner: CardOwner, sessionId: string, card: HeldCard): Promise<void> {
    await this.repository.giveBack(id, owner, sessionId, this.seal(owner, id, card), this.clock.now());
  }

  /** Erases the numbers of tokens that nobody spent in time. Returns how many; what is left waits for the next call. */
  eraseDue(): Promise<number> {
    return inBatches((limit) => this.repository.eraseDue(this.clock.now(), limit));
  }

  /** Forgets tokens a day after their end: until then one that is over is told from one that was never ours. */
  async forgetOld(): Promise<number> {
    return this.repository.deleteBefore(uuidV7Floor(new Date(this.clock.now().getTime() - TOKEN_LIFE_MS - DAY_MS)));
  }

  private seal({ merchantId }: CardOwner, id: string, card: HeldCard): Buffer {
    return this.keyring.seal('card_token', toSealable(card), tokenContext(merchantId, id));
  }
}
