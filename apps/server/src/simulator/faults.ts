import { DIRECTORY_SERVERS } from '@app/kernel';
import { Integer, Nested, OneOf, Optional, AtMost } from '@app/platform';

/** How each part of the simulator can fail; its README says what each mode does. */
export const FAULT_MODES = {
  ds: ['none', 'timeout', 'reset', 'garbage', 'html', 'empty', 'erro', 'status500', 'slow'],
  rreq: ['none', 'duplicate', 'parallel', 'before_ares', 'foreign_ids', 'never', 'late'],
  callback: ['none', 'status500', 'timeout', 'reset', 'slow'],
} as const;

type Part = keyof typeof FAULT_MODES;

/** One part's fault, as the simulator has it: `times` are the uses left, null for as long as nobody ends it. */
export interface PartFault {
  readonly mode: string;
  readonly delayMs: number;
  readonly times: number | null;
  /** Of `ds`: at this scheme's only, and which message it strikes. */
  readonly scheme?: string | null;
  readonly message?: string;
}

/** Everything that is wrong with the simulator but its Checkout.com. */
export type SimulatorFaults = Readonly<Record<Part, PartFault>>;

/** A fault of its Checkout.com, of which tests set many. */
export interface UpstreamFault {
  readonly on: string;
  readonly mode: string;
  readonly times: number | null;
  readonly struck: number;
}

class FaultDto {
  @Optional() @Integer(0, 120_000) delay_ms?: number;
  @Optional() @Integer(1, 1_000_000) times?: number;
}

class DsFaultDto extends FaultDto {
  @OneOf(FAULT_MODES.ds) mode: string;
  @Optional() @OneOf(DIRECTORY_SERVERS) scheme?: string;
  @Optional() @OneOf(['AReq', 'PReq', 'any']) message?: string;
}

class ResultFaultDto extends FaultDto {
  @OneOf(FAULT_MODES.rreq) mode: string;
}

class CallbackFaultDto extends FaultDto {
  @OneOf(FAULT_MODES.callback) mode: string;
}

type PartFaultDto = FaultDto & { mode: string };

/** Faults to have; parts left out are without. */
export class FaultsDto {
  @Optional() @Nested(() => DsFaultDto) ds?: DsFaultDto;
  @Optional() @Nested(() => ResultFaultDto) rreq?: ResultFaultDto;
  @Optional() @Nested(() => CallbackFaultDto) callback?: CallbackFaultDto;
  @Optional() @AtMost(500) reason?: string;
}

/** The body of a reset. */
export class SimulatorResetDto {
  @Optional() @AtMost(500) reason?: string;
}

/** Where nothing else is asked for. */
const DELAY_MS = 5_000;

/** Whole and in the simulator's words: what was left out as well. */
export function wantedFaults({ ds, rreq, callback }: FaultsDto): SimulatorFaults {
  const part = ({ mode = 'none', delay_ms: delayMs = DELAY_MS, times }: Partial<PartFaultDto> = {}): PartFault => ({
    mode,
    delayMs,
    times: times ?? null,
  });
  return {
    ds: { ...part(ds), scheme: ds?.scheme ?? null, message: ds?.message ?? 'AReq' },
    rreq: part(rreq),
    callback: part(callback),
  };
}

/** In the words of the admin API. */
export function presentFaults({ ds, rreq, callback }: SimulatorFaults): Record<Part, object> {
  const part = ({ mode, delayMs, times }: PartFault): object => ({ mode, delay_ms: delayMs, times });
  return {
    ds: { ...part(ds), scheme: ds.scheme ?? null, message: ds.message ?? 'AReq' },
    rreq: part(rreq),
    callback: part(callback),
  };
}
