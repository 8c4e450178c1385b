import { sessionsWith } from '../sessions/sessions-with';
import { NONE } from '../ui/cells';
import { Pill } from '../ui/Pill';
import type { CallFigures, DirectoryServer } from './types';

/** Whether it gives its ranges, which it is asked for every hour, with traffic or without. */
export const statePill = ({ last_error: error, ranges_loaded_at: loadedAt }: DirectoryServer) =>
  error !== null ? (
    <Pill tone={loadedAt === null ? 'bad' : 'warn'}>Not answering</Pill>
  ) : loadedAt === null ? (
    <Pill tone="neutral">Not asked yet</Pill>
  ) : (
    <Pill tone="good">In order</Pill>
  );

/** `2.2.0 to 2.3.1` */
export const versionsOf = ({ ds_start_version: from, ds_end_version: to }: DirectoryServer): string =>
  [...new Set([from, to])].filter((one) => one !== null).join(' to ');

/** `120 / 480 ms` */
export const latencyOf = ({ p50_ms: half, p95_ms: most }: CallFigures) =>
  half === null || most === null ? NONE : `${half.toLocaleString('en')} / ${most.toLocaleString('en')} ms`;

/** The sessions of the requests that a figure is of: for a while before now, all of them or those without an ARes. */
export function sessionsAsked(server: DirectoryServer, last: '1h' | '24h', which: 'all' | 'unanswered'): string {
  const { directory_server: id, environment } = server;
  return sessionsWith({
    created_at: { last },
    environment: [environment],
    directory_server: [id],
    is_demo: false, // what was made up has asked nobody
    ...(which === 'unanswered' ? { is_areq_unanswered: true } : {}),
  });
}

/** From these parts of requests without an ARes on it is said in another colour. */
const LADDER = [
  [0.2, 'bad'],
  [0.05, 'warn'],
] as const;

/** `1.2 %` */
export function errorRateOf({ error_rate: rate }: CallFigures) {
  if (rate === null) return NONE;
  const words = `${(rate * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
  const rung = LADDER.find(([least]) => rate >= least);
  return rung ? <Pill tone={rung[1]}>{words}</Pill> : words;
}
