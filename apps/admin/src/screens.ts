import { accessKeys } from './access-keys';
import { audit } from './audit';
import { callbacks } from './callbacks';
import { channels } from './channels';
import { connectorAccounts } from './connector-accounts';
import { directoryServers } from './directory-servers';
import { jobs } from './jobs';
import type { Screen } from './layout/screens';
import { merchants } from './merchants';
import { operators } from './operators';
import { serviceAccounts } from './service-accounts';
import { overview } from './overview';
import { reports } from './reports';
import { sessions } from './sessions';
import { simulator } from './simulator';
import { system } from './system';
import { tokens } from './tokens';

/** Every screen of the console, in the order of the menu. */
export const SCREENS: readonly Screen[] = [
  overview,
  sessions,
  callbacks,
  jobs,
  merchants,
  channels,
  accessKeys,
  connectorAccounts,
  tokens,
  directoryServers,
  simulator,
  reports,
  audit,
  operators,
  serviceAccounts,
  system,
];
