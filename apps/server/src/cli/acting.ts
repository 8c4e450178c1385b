import { userInfo } from 'node:os';
import type { Administrator } from '@app/platform';

/** Whoever has the server's environment may do everything; the audit log notes the system's name of them. */
export function commandLine(): Administrator {
  const origin = { address: null, requestId: null };
  return { kind: 'command_line', wireId: null, name: userName(), merchants: 'all', origin };
}

// In a container the user is often a number that the system has no name for.
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
