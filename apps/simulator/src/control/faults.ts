/** The faults that can be asked of the simulator, and the reading of a request for them. */
import { DIRECTORY_SERVERS, InvalidRequest, type DirectoryServerId } from '@app/kernel';
import { isRecord } from '../http/body';

/** How a directory server can fail after it has done its work. */
export const DS_MODES = ['none', 'timeout', 'reset', 'garbage', 'html', 'empty', 'erro', 'status500', 'slow'] as const;
/** How the delivery of an RReq can go wrong. */
export const RREQ_MODES = ['none', 'duplicate', 'parallel', 'before_ares', 'foreign_ids', 'never', 'late'] as const;
/** How the shop's callback receiver can fail. */
export const CALLBACK_MODES = ['none', 'status500', 'timeout', 'reset', 'slow'] as const;

export type DsMode = (typeof DS_MODES)[number];
export type RReqMode = (typeof RREQ_MODES)[number];
export type CallbackMode = (typeof CALLBACK_MODES)[number];

/** A fault: `times` counts down with each use, null lasts until it is reset. `delayMs` serves `slow` and `late`. */
export interface Fault<Mode> {
  readonly mode: Mode;
  readonly delayMs: number;
  readonly times: number | null;
}

/** A directory server's fault may be limited to one scheme; it strikes AReq messages unless it says otherwise. */
export interface DsFault extends Fault<DsMode> {
  readonly scheme: DirectoryServerId | null;
  readonly message: 'AReq' | 'PReq' | 'any';
}

/** All that is wrong with the outside world at the moment. */
export interface Faults {
  readonly ds: DsFault;
  readonly rreq: Fault<RReqMode>;
  readonly callback: Fault<CallbackMode>;
}

const DEFAULT_DELAY_MS = 5000;
const QUIET = { mode: 'none', delayMs: DEFAULT_DELAY_MS, times: null } as const;

/** Nothing is wrong. */
export const NO_FAULTS: Faults = {
  ds: { ...QUIET, scheme: null, message: 'AReq' },
  rreq: QUIET,
  callback: QUIET,
};

/** Reads `{ds, rreq, callback}`, also as it is told; parts left out are without fault. Throws `InvalidRequest` naming every bad field. */
export function parseFaults(input: Record<string, unknown>): Faults {
  const bad: string[] = Object.keys(input)
    .filter((name) => !(name in NO_FAULTS))
    .map((name) => `${name}_invalid`);
  const part = (name: keyof Faults): Record<string, unknown> => {
    const value = input[name];
    if (value === undefined) return {};
    if (isRecord(value)) return value;
    bad.push(`${name}_invalid`);
    return {};
  };
  const oneOf = <T extends string, F>(
    group: string,
    name: string,
    value: unknown,
    allowed: readonly T[],
    or: F,
  ): T | F => {
    if (value === undefined || value === null) return or;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) bad.push(`${group}_${name}_invalid`);
    return found ?? or;
  };
  const count = <F>(group: string, name: string, value: unknown, max: number, or: F): number | F => {
    if (value === undefined || value === null) return or;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max) return value;
    bad.push(`${group}_${name}_invalid`);
    return or;
  };
  const fault = <T extends string>(group: keyof Faults, modes: readonly T[]): Fault<T | 'none'> => {
    const fields = part(group);
    return {
      mode: oneOf(group, 'mode', fields['mode'], modes, 'none'),
      delayMs: count(group, 'delayMs', fields['delayMs'], 120_000, DEFAULT_DELAY_MS),
      times: count(group, 'times', fields['times'], 1_000_000, null),
    };
  };

  const faults: Faults = {
    ds: {
      ...fault('ds', DS_MODES),
      scheme: oneOf('ds', 'scheme', part('ds')['scheme'], DIRECTORY_SERVERS, null),
      message: oneOf('ds', 'message', part('ds')['message'], ['AReq', 'PReq', 'any'] as const, 'AReq'),
    },
    rreq: fault('rreq', RREQ_MODES),
    callback: fault('callback', CALLBACK_MODES),
  };
  const codes = [...new Set(bad)];
  if (codes.length > 0) throw new InvalidRequest(codes, `Not valid: ${codes.join(', ')}`);
  return faults;
}
