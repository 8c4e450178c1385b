import { Injectable } from '@nestjs/common';

/** A check that throws when its part is not ready. */
export type HealthCheck = () => Promise<void> | void;

/** What must hold before this replica takes traffic; each lib registers its own part. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();
  private draining = false;

  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  /** From now on not ready: load balancers stop sending while requests in flight finish. */
  drain(): void {
    this.draining = true;
  }

  /** The names of the parts that are not ready; empty means ready. */
  async failing(): Promise<string[]> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => {
        try {
          await check();
          return null;
        } catch {
          return name;
        }
      }),
    );
    const failing = results.filter((name) => name !== null);
    return this.draining ? ['draining', ...failing] : failing;
  }
}
