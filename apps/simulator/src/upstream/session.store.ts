/** The upstream's memory of sessions and instruments: the latest ones, gone with the process. */
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { UpstreamSession } from './session';

const MAX_SESSIONS = 20_000;
const MAX_INSTRUMENTS = 20_000;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Sessions by id and by transaction id; card numbers by the instrument (`src_…`, `tok_…`) of an account. */
@Injectable()
export class UpstreamSessionStore {
  private readonly byId = new Map<string, UpstreamSession>();
  private readonly idByTransaction = new Map<string, string>();
  private readonly numbers = new Map<string, string>();

  reset(): void {
    this.byId.clear();
    this.idByTransaction.clear();
    this.numbers.clear();
  }

  add(session: UpstreamSession): void {
    this.byId.set(session.id, session);
    this.idByTransaction.set(session.transactionId, session.id);
    if (this.byId.size <= MAX_SESSIONS) return;
    for (const oldest of this.byId.values()) {
      this.byId.delete(oldest.id);
      this.idByTransaction.delete(oldest.transactionId);
      return;
    }
  }

  find(id: string): UpstreamSession | null {
    return this.byId.get(id) ?? null;
  }

  findByTransaction(transactionId: string): UpstreamSession | null {
    return this.find(this.idByTransaction.get(transactionId) ?? '');
  }

  /** Oldest first. */
  all(): readonly UpstreamSession[] {
    return [...this.byId.values()];
  }

  /** The name under which an account can use a card again: the same card has the same name. */
  instrumentOf(clientId: string, number: string): { id: string; fingerprint: string } {
    const digest = createHash('sha256').update(`${clientId}\n${number}`).digest();
    let id = 'src_';
    for (let index = 0; index < 26; index++) id += ALPHABET.charAt((digest[index] ?? 0) & 31);
    this.keepInstrument(clientId, id, number);
    return { id, fingerprint: digest.toString('hex').toUpperCase() };
  }

  /** Lets `reference` (`src_…` or `tok_…`) stand for a card number. */
  keepInstrument(clientId: string, reference: string, number: string): void {
    const key = `${clientId} ${reference}`;
    this.numbers.delete(key);
    this.numbers.set(key, number);
    if (this.numbers.size <= MAX_INSTRUMENTS) return;
    for (const oldest of this.numbers.keys()) {
      this.numbers.delete(oldest);
      return;
    }
  }

  numberOf(clientId: string, reference: string): string | null {
    return this.numbers.get(`${clientId} ${reference}`) ?? null;
  }
}
