import { accessKeys } from './access-keys';
import { audit } from './audit';
import { channels } from './channels';
import { connectorAccounts } from './connector-accounts';
import type { Screen } from './layout/screens';
import { merchants } from './merchants';
import { operators } from './operators';
import { serviceAccounts } from './service-accounts';
import { sessions } from './sessions';

/** Every screen of the console, in the order of the menu. */
export const SCREENS: readonly Screen[] = [
  sessions,
  merchants,
  channels,
  accessKeys,
  connectorAccounts,
  audit,
  operators,
  serviceAccounts,
];
