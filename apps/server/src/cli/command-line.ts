import type { CredentialsAdmin, MerchantActs } from '@app/credentials';
import type { AppConfig, Administrator } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';

/** What a command shows: one thing, or a list of things of one shape; plain JSON values, camelCase. */
export type Shown = object | readonly object[];

/** What every command works with. */
export interface CommandLine {
  /** Runs `work` with the administration of credentials, to look; closes what it opened. */
  withAdmin<T>(work: (admin: CredentialsAdmin) => Promise<T>): Promise<T>;
  /** Runs `work` with what changes merchants, channels and keys and notes it in the audit log, as whoever runs the command. */
  acting<T>(work: (acts: MerchantActs, by: Administrator) => Promise<T>): Promise<T>;
  /** Runs `work` with the modules of the command line, and closes what it opened. */
  withModules<T>(work: (modules: INestApplicationContext) => Promise<T>): Promise<T>;
  /** The configuration, for what needs no modules. */
  config(): AppConfig;
  /** Shows the result: JSON with `--json`, else a table. `note` is for people and left out of JSON. */
  show(result: Shown, note?: string): void;
}
