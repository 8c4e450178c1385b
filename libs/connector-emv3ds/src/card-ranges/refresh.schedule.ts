/** When a directory server may be asked for its ranges again (emv-3ds.md sections 1.8 and 7). Pure. */
import { CARD_RANGE_TIMES } from '../emv3ds.settings';
import type { DirectoryServer } from './directory-server';

/** How asking for ranges ended. `refused` is an Erro or an answer that is not valid. */
export type RefreshResult = 'loaded' | 'refused' | 'unreachable';

/** Whether to ask now. A restart does not wait for a retry, unless the server itself told us to stay away (Erro 103). */
export function isDue(server: DirectoryServer, now: Date, atStart: boolean): boolean {
  const { lastError, nextAttemptAt } = server;
  if (nextAttemptAt === null || nextAttemptAt <= now) return true;
  return atStart && lastError !== null && !lastError.startsWith('103');
}

/** The earliest time to ask again after an attempt at `at`. */
export function nextAttempt(server: Pick<DirectoryServer, 'rangesLoadedAt'>, result: RefreshResult, at: Date): Date {
  return new Date(at.getTime() + waitMs(server, result));
}

function waitMs(server: Pick<DirectoryServer, 'rangesLoadedAt'>, result: RefreshResult): number {
  switch (result) {
    case 'loaded':
      return CARD_RANGE_TIMES.refreshAfterMs;
    case 'refused':
      return CARD_RANGE_TIMES.retryRefusedMs;
    case 'unreachable':
      return server.rangesLoadedAt === null ? CARD_RANGE_TIMES.retryFirstLoadMs : CARD_RANGE_TIMES.retryUnreachableMs;
  }
}
