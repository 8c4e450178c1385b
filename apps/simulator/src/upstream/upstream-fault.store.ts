/** The upstream's active faults; each use of one counts. */
import { Injectable } from '@nestjs/common';
import type { CallFault, Endpoint, UpstreamFault, WebhookFault } from './upstream-faults';

/** A fault with what is left of it. */
interface Active {
  readonly fault: UpstreamFault;
  skip: number;
  times: number | null;
  struck: number;
}

/** What strikes one call: at most one fault, and beside it the clock's skew. */
export interface Strike {
  readonly fault: CallFault | null;
  readonly skewMs: number;
}

/** The first fault of the list that fits strikes. */
@Injectable()
export class UpstreamFaultStore {
  private active: Active[] = [];
  private random: () => number = seeded(1);

  /** The active faults with what is left of them, and how often each has struck. */
  show(): readonly object[] {
    return this.active.map(({ fault, skip, times, struck }) => ({ ...fault, skip, times, struck }));
  }

  /** Replaces all faults. The same seed draws the same numbers. */
  replace(faults: readonly UpstreamFault[], seed: number): void {
    this.active = faults.map(activate);
    this.random = seeded(seed);
  }

  /** Puts faults behind those that are there. */
  add(faults: readonly UpstreamFault[]): void {
    this.active.push(...faults.map(activate));
  }

  /** What strikes a call; uses are spent. */
  takeCall(endpoint: Endpoint, clientId: string | null): Strike {
    if (this.active.length === 0) return NOTHING;
    const fits = (fault: UpstreamFault): fault is CallFault =>
      (fault.on === endpoint || fault.on === 'any') && (fault.clientId === null || fault.clientId === clientId);
    const skew = this.take((fault) => fits(fault) && fault.mode === 'clock_skew');
    const fault = this.take((candidate) => fits(candidate) && candidate.mode !== 'clock_skew');
    return { fault: fault as CallFault | null, skewMs: (skew as CallFault | null)?.skewMs ?? 0 };
  }

  /** What strikes a webhook; one use is spent. */
  takeWebhook(event: string, clientId: string): WebhookFault | null {
    return this.take(
      (fault) =>
        fault.on === 'webhook' &&
        (fault.clientId === null || fault.clientId === clientId) &&
        (fault.event === null || fault.event === event),
    ) as WebhookFault | null;
  }

  private take(fits: (fault: UpstreamFault) => boolean): UpstreamFault | null {
    for (const active of this.active) {
      if (active.times === 0 || !fits(active.fault)) continue;
      if (active.skip > 0) {
        active.skip--;
        continue;
      }
      if (active.fault.probability < 1 && this.random() >= active.fault.probability) continue;
      if (active.times !== null) active.times--;
      active.struck++;
      return active.fault;
    }
    return null;
  }
}

const NOTHING: Strike = { fault: null, skewMs: 0 };

function activate(fault: UpstreamFault): Active {
  return { fault, skip: fault.skip, times: fault.times, struck: 0 };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
