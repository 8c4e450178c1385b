/** When what happened, for the reports of who runs this; nothing of who did it. */
import type { Server } from './server';

export type Leg = 'page_shown' | 'method_started' | 'method_finished' | 'challenge_shown' | 'first_input';

/** A moment's legs go together. */
const GATHER_MS = 1_000;

/** Notes each leg once, and tells the server soon. */
export class Legs {
  private readonly noted = new Set<Leg>();
  private waiting: { leg: Leg; at: number }[] = [];

  constructor(private readonly server: Server) {
    window.addEventListener('pagehide', () => this.flush());
  }

  /** `at`: milliseconds since the page began to load; now unless told. */
  note(leg: Leg, at = performance.now()): void {
    if (this.noted.has(leg)) return;
    this.noted.add(leg);
    if (this.waiting.length === 0) setTimeout(() => this.flush(), GATHER_MS);
    this.waiting.push({ leg, at });
  }

  private flush(): void {
    if (this.waiting.length === 0) return;
    const now = performance.now();
    this.server.mention(this.waiting.map(({ leg, at }) => ({ leg, ms_ago: Math.round(now - at) })));
    this.waiting = [];
  }
}
