/** The faults that are active now; each use of one counts. */
import { Injectable } from '@nestjs/common';
import type { DirectoryServerId } from '@app/kernel';
import { NO_FAULTS, type CallbackMode, type DsFault, type Fault, type Faults, type RReqMode } from './faults';

/** Asked by the parts that can fail, at the moment they would. */
@Injectable()
export class FaultStore {
  private faults: Faults = NO_FAULTS;

  /** The active faults, with the uses that are left. */
  get active(): Faults {
    return this.faults;
  }

  replace(faults: Faults): void {
    this.faults = faults;
  }

  /** The fault that strikes this message at this directory server; one use is spent. */
  takeDs(directoryServer: DirectoryServerId, message: 'AReq' | 'PReq'): DsFault | null {
    const { ds } = this.faults;
    const strikes =
      (ds.scheme === null || ds.scheme === directoryServer) && (ds.message === 'any' || ds.message === message);
    return strikes && this.spend('ds') ? ds : null;
  }

  /** The fault of an RReq if it is one of `modes`; one use is spent. */
  takeRReq(modes: readonly RReqMode[]): Fault<RReqMode> | null {
    const { rreq } = this.faults;
    return modes.includes(rreq.mode) && this.spend('rreq') ? rreq : null;
  }

  /** The fault of the callback receiver; one use is spent. */
  takeCallback(): Fault<CallbackMode> | null {
    const { callback } = this.faults;
    return this.spend('callback') ? callback : null;
  }

  private spend(part: keyof Faults): boolean {
    const fault = this.faults[part];
    if (fault.mode === 'none' || fault.times === 0) return false;
    if (fault.times !== null) this.faults = { ...this.faults, [part]: { ...fault, times: fault.times - 1 } };
    return true;
  }
}
