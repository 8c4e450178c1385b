/** What is known of a directory server: its address, and how its card ranges stand. */
import type { Environment } from '@app/authentication-port';
import type { DirectoryServerId } from '@app/kernel';

/** One directory server of one environment, as stored. Times are null until they happened. */
export interface DirectoryServer {
  environment: Environment;
  id: DirectoryServerId;
  /** Where AReq and PReq are posted. */
  url: string;
  serialNum: string | null;
  dsStartVersion: string | null;
  dsEndVersion: string | null;
  /** Moves with every change of the ranges. */
  revision: number;
  rangesLoadedAt: Date | null;
  lastAttemptAt: Date | null;
  nextAttemptAt: Date | null;
  lastError: string | null;
}
