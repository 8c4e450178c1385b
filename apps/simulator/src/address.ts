/** Where this simulator can be reached: known once it listens, because the port may be picked by the system. */
import { Injectable } from '@nestjs/common';

/** Holds the public address, without a trailing slash. */
@Injectable()
export class SimulatorAddress {
  private current: string | null = null;

  /** Called once, when the server listens. */
  set(url: string): void {
    this.current = url;
  }

  /** An absolute address: `path` starts with a slash. Throws before the server listens. */
  to(path: string): string {
    if (this.current === null) throw new Error('The simulator does not listen yet');
    return this.current + path;
  }
}
