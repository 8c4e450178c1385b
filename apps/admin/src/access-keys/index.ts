import KeysIcon from '@mui/icons-material/VpnKeyOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 6. */
export const accessKeys: Screen = {
  name: 'access-keys',
  label: 'Access keys',
  group: 'Merchants',
  icon: KeysIcon,
  permission: 'access_keys.read',
  feature: 'access-keys',
  key: 'k',
  list: lazy(() => import('./AccessKeyList').then(({ AccessKeyList }) => ({ default: AccessKeyList }))),
  show: lazy(() => import('./AccessKeyShow').then(({ AccessKeyShow }) => ({ default: AccessKeyShow }))),
};
