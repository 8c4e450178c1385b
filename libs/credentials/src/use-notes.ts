import type { Clock } from '@app/kernel';

const EVERY_MS = 60_000;

/** When things were last used, to the minute: at most one write per thing, replica and minute, and nobody waits for it. */
export class UseNotes {
  private readonly noted = new Map<string, number>();

  /** `write` stores a use; `failed` hears of one that could not be stored. */
  constructor(
    private readonly clock: Clock,
    private readonly write: (id: string, at: Date) => Promise<void>,
    private readonly failed: (error: unknown, id: string) => void,
  ) {}

  /** Notes that `id` is used now. */
  note(id: string): void {
    const now = this.clock.now();
    if (now.getTime() - (this.noted.get(id) ?? 0) < EVERY_MS) return;
    this.noted.set(id, now.getTime());
    this.write(id, now).catch((error: unknown) => this.failed(error, id));
  }
}
