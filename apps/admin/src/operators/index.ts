import UsersIcon from '@mui/icons-material/GroupOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 14. */
export const operators: Screen = {
  name: 'operators',
  label: 'Users',
  group: 'Administration',
  icon: UsersIcon,
  permission: 'operators.read',
  feature: 'operators',
  key: 'u',
  list: lazy(() => import('./OperatorList').then(({ OperatorList }) => ({ default: OperatorList }))),
  show: lazy(() => import('./OperatorShow').then(({ OperatorShow }) => ({ default: OperatorShow }))),
};
