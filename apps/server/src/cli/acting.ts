import { userInfo } from 'node:os';
import type { Administrator } from '@app/platform';

/** Whoever has the server's environment may do everything; the audit log notes the system's name of them. */
export function commandLine(): Administrator {
  const origin = { address: null, requestId: null };
  return { kind: 'command_line', wireId: null, name: userInfo().username, merchants: 'all', origin };
}
