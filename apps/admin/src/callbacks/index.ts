import CallbacksIcon from '@mui/icons-material/OutboxOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 9. */
export const callbacks: Screen = {
  name: 'callbacks',
  label: 'Callbacks',
  group: '',
  icon: CallbacksIcon,
  permission: 'callbacks.read',
  feature: 'callbacks',
  key: 'b',
  list: lazy(() => import('./CallbackList').then(({ CallbackList }) => ({ default: CallbackList }))),
  show: lazy(() => import('./CallbackShow').then(({ CallbackShow }) => ({ default: CallbackShow }))),
};
