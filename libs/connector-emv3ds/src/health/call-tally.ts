import type { Environment } from '@app/authentication-port';
import type { DirectoryServerId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { binOf } from './latency-bins';

/** Authentication requests to one directory server that took about as long and went as well. */
export interface CountedCalls {
  readonly environment: Environment;
  readonly id: DirectoryServerId;
  /** It answered with an ARes. */
  readonly isGood: boolean;
  readonly bin: number;
  readonly calls: number;
}

/** Counts this process's authentication requests until they are written down: no request waits for that. */
@Injectable()
export class CallTally {
  private counted = new Map<string, CountedCalls>();

  note(environment: Environment, id: DirectoryServerId, isGood: boolean, latencyMs: number): void {
    this.add({ environment, id, isGood, bin: binOf(latencyMs), calls: 1 });
  }

  /** What was counted since the last time. */
  take(): CountedCalls[] {
    const taken = [...this.counted.values()];
    this.counted = new Map();
    return taken;
  }

  /** Of what could not be written down nothing is lost, and it grows no longer. */
  putBack(counted: readonly CountedCalls[]): void {
    for (const calls of counted) this.add(calls);
  }

  private add(more: CountedCalls): void {
    const key = `${more.environment}-${more.id} ${more.isGood} ${more.bin}`;
    this.counted.set(key, { ...more, calls: more.calls + (this.counted.get(key)?.calls ?? 0) });
  }
}
