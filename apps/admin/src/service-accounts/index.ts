import AccountsIcon from '@mui/icons-material/SmartToyOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** A part of screen 14: programs that use the admin API. */
export const serviceAccounts: Screen = {
  name: 'service-accounts',
  label: 'Service accounts',
  group: 'Administration',
  icon: AccountsIcon,
  permission: 'service_accounts.read',
  feature: 'service-accounts',
  key: 'v',
  list: lazy(() => import('./ServiceAccountList').then((screen) => ({ default: screen.ServiceAccountList }))),
  show: lazy(() => import('./ServiceAccountShow').then((screen) => ({ default: screen.ServiceAccountShow }))),
};
