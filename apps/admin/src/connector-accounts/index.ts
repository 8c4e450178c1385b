import AccountsIcon from '@mui/icons-material/CableOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 7. */
export const connectorAccounts: Screen = {
  name: 'connector-accounts',
  label: 'Connector accounts',
  group: 'Connections',
  icon: AccountsIcon,
  permission: 'connector_accounts.read',
  feature: 'connector-accounts',
  key: 'c',
  list: lazy(() => import('./AccountList').then(({ AccountList }) => ({ default: AccountList }))),
  show: lazy(() => import('./AccountShow').then(({ AccountShow }) => ({ default: AccountShow }))),
};
