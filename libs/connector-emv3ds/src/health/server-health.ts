/** How a directory server has been answering, from what all replicas counted. Pure. */
import type { Environment } from '@app/authentication-port';
import type { DirectoryServerId } from '@app/kernel';
import { percentile } from './latency-bins';

/** What was counted of one server, outcome and bin. */
export interface CallCount {
  readonly environment: Environment;
  readonly id: DirectoryServerId;
  readonly isGood: boolean;
  readonly bin: number;
  readonly lastHour: number;
  readonly lastDay: number;
}

/** Authentication requests of a time. Rates and latencies are null where there is nothing to take them from. */
export interface CallFigures {
  readonly calls: number;
  /** Without an ARes: nothing came, an Erro, or what is no message. */
  readonly failed: number;
  readonly errorRate: number | null;
  /** Of those that brought an ARes. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** The certificate that a directory server showed at the last connection. */
export interface ServerCertificate {
  /** Its common name, the middle left out. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly seenAt: Date;
}

/** The figures of one server in the last hour or day. */
export function figuresOf(counts: readonly CallCount[], span: 'lastHour' | 'lastDay'): CallFigures {
  const sum = (some: readonly CallCount[]): number => some.reduce((total, count) => total + count[span], 0);
  const calls = sum(counts);
  const failed = sum(counts.filter(({ isGood }) => !isGood));
  const answered = new Map(counts.filter(({ isGood }) => isGood).map((count) => [count.bin, count[span]]));
  return {
    calls,
    failed,
    errorRate: calls === 0 ? null : failed / calls,
    p50Ms: percentile(answered, 0.5),
    p95Ms: percentile(answered, 0.95),
  };
}

/** `ds.visa.example` as `d•••.visa.example`: enough to tell one from another. */
export function maskedName(name: string): string {
  const [first = '', ...others] = name.slice(0, 200).split('.');
  return [`${first.slice(0, 1)}•••`, ...others].join('.');
}
