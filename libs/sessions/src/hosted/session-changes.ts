import { LOG, type Logger } from '@app/platform';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LOOK_EVERY_MS } from './hosted.settings';

/** Gives, for each of these sessions that exists, a text that is another one after each change that a page could show. */
export type LookAtSessions = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** DI token of `LookAtSessions`. */
export const LOOK_AT_SESSIONS = Symbol('LOOK_AT_SESSIONS');

type Told = () => void;

/** All that watch one session, and what it looked like when they were told last; null: not looked at yet. */
interface Watched {
  looks: string | null;
  readonly watchers: Set<Told>;
}

/**
 * Tells who watches a session that it may have changed, whichever process changed it. One query at a time asks about all
 * sessions that are watched here, so that watching costs the database the same for one page and for a thousand; no query while
 * nobody watches. What this process changed itself is told at once.
 */
@Injectable()
export class SessionChanges implements OnApplicationShutdown {
  private readonly watched = new Map<string, Watched>();
  private timer: NodeJS.Timeout | null = null;
  private isBlind = false;

  constructor(
    @Inject(LOOK_AT_SESSIONS) private readonly look: LookAtSessions,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * `told` hears when the session may have changed, and once soon after the first look, because of what happened before it.
   * Gives a function that stops.
   */
  watch(sessionId: string, told: Told): () => void {
    const found = this.watched.get(sessionId) ?? { looks: null, watchers: new Set() };
    this.watched.set(sessionId, found);
    found.watchers.add(told);
    // Somebody else's first look says nothing about what this one has seen.
    found.looks = null;
    this.timer ??= this.lookLater();
    return () => {
      found.watchers.delete(told);
      if (found.watchers.size === 0 && this.watched.get(sessionId) === found) this.watched.delete(sessionId);
    };
  }

  /** This process has changed a session. Costs nothing where nobody watches it. */
  announce(sessionId: string): void {
    for (const told of this.watched.get(sessionId)?.watchers ?? []) told();
  }

  onApplicationShutdown(): void {
    this.watched.clear();
    if (this.timer) clearTimeout(this.timer);
  }

  private lookLater(): NodeJS.Timeout {
    return setTimeout(() => void this.lookNow(), LOOK_EVERY_MS).unref();
  }

  private async lookNow(): Promise<void> {
    try {
      const looks = await this.look([...this.watched.keys()]);
      this.isBlind = false;
      for (const [id, one] of this.watched) {
        const now = looks.get(id) ?? '';
        if (now === one.looks) continue;
        one.looks = now;
        for (const told of one.watchers) told();
      }
    } catch (error) {
      // Said once: the next looks find what this one did not, and pages ask by themselves meanwhile.
      if (!this.isBlind) this.log.warn({ err: error }, 'sessions on screen cannot be looked at');
      this.isBlind = true;
    }
    this.timer = this.watched.size > 0 ? this.lookLater() : null;
  }
}
