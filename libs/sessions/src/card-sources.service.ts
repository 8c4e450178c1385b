import type { CardSource, InstrumentSource } from '@app/authentication-port';
import { CardTokens, Instruments, type CardOwner, type HeldCard, type PreparedInstrument } from '@app/cards';
import type { AccessTokenActor } from '@app/credentials';
import { decodeId } from '@app/kernel';
import type { Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { withCard } from './domain/card-source';
import type { CreateSession } from './domain/new-session';
import { anotherTryWasFaster, instrumentUnknown, tokenInvalid } from './sessions.errors';

/** What becomes of the card that a new session was given, with the session. */
export interface CardClaim {
  /**
   * In the transaction that stores the session. Gives the instrument (UUID) that the session's card is; null: none.
   * @throws InvalidRequest when there is nothing to take any more
   */
  take(tx: Queryable, sessionId: string): Promise<string | null>;
  /** The session was stored, and came to nothing that the merchant hears of. */
  undo(sessionId: string): Promise<void>;
}

/** A command with its card at hand, where we have it. Without claim nothing is taken and nothing is kept. */
export interface ResolvedSource {
  command: CreateSession;
  claim: CardClaim | null;
}

/** Finds the card behind a one-time token or a kept instrument, and keeps cards that are to be kept. */
@Injectable()
export class CardSources {
  constructor(
    private readonly tokens: CardTokens,
    private readonly instruments: Instruments,
  ) {}

  /**
   * The command with the card that its source stands for. A token or instrument that is not this merchant's here is left
   * as it is: an upstream may know it. `sessionId` where an earlier try of the same request may have been under it.
   * @throws InvalidRequest for a token of ours that is over
   */
  async resolve(actor: AccessTokenActor, command: CreateSession, sessionId?: string): Promise<ResolvedSource> {
    const { source } = command;
    switch (source.kind) {
      case 'network_token':
        return { command, claim: null };
      case 'card':
        return { command, claim: command.keepsCard ? await this.keep(actor, source) : null };
      case 'token':
        return this.resolveToken(actor, command, source, sessionId);
      case 'id':
        return this.resolveInstrument(actor, command, source);
    }
  }

  private async resolveToken(
    actor: AccessTokenActor,
    command: CreateSession,
    source: InstrumentSource,
    sessionId?: string,
  ): Promise<ResolvedSource> {
    const id = decodeId('token', source.reference);
    const state = id === null ? null : await this.tokens.find(id, actor);
    if (id === null || state === null || state.is === 'unknown') return { command, claim: null };
    if (state.is === 'over') throw tokenOver(state, sessionId);
    const resolved = withCard(command, state.card);
    const kept = command.keepsCard ? await this.keep(actor, resolved.source) : null;
    return { command: resolved, claim: this.spend(id, actor, state.card, kept) };
  }

  private async resolveInstrument(
    actor: AccessTokenActor,
    command: CreateSession,
    source: InstrumentSource,
  ): Promise<ResolvedSource> {
    const id = decodeId('instrument', source.reference);
    const card = id === null ? null : await this.instruments.findCard(id, actor);
    if (id === null || card === null) return { command, claim: null };
    return { command: withCard(command, card), claim: this.use(id, actor) };
  }

  private use(id: string, owner: CardOwner): CardClaim {
    return {
      take: async (tx) => {
        if (!(await this.instruments.use(tx, id, owner))) throw instrumentUnknown();
        return id;
      },
      undo: () => Promise.resolve(),
    };
  }

  private spend(id: string, owner: CardOwner, card: HeldCard, kept: CardClaim | null): CardClaim {
    return {
      take: async (tx, sessionId) => {
        const isSpent = await this.tokens.spend(tx, id, owner, sessionId);
        if (!isSpent) throw tokenOver(await this.tokens.find(id, owner, tx), sessionId);
        return kept && kept.take(tx, sessionId);
      },
      undo: async (sessionId) => {
        await this.tokens.giveBack(id, owner, sessionId, card);
        await kept?.undo(sessionId);
      },
    };
  }

  private async keep(owner: CardOwner, source: CardSource): Promise<CardClaim> {
    const { number, expiryMonth, expiryYear, name } = source;
    const holder = name === undefined ? {} : { name };
    const prepared: PreparedInstrument = await this.instruments.prepare(owner, {
      number,
      expiryMonth,
      expiryYear,
      holder,
    });
    return {
      take: (tx) => this.instruments.keep(tx, prepared),
      undo: () => this.instruments.unkeep(prepared),
    };
  }
}

/** What to tell of a token that cannot be spent: a straggler of the very request that spent it has only come too late. */
function tokenOver(state: Awaited<ReturnType<CardTokens['find']>>, sessionId: string | undefined): Error {
  const isOurOwn = state.is === 'over' && state.spentBy !== null && state.spentBy === sessionId;
  return isOurOwn ? anotherTryWasFaster() : tokenInvalid();
}
