import SessionsIcon from '@mui/icons-material/VerifiedUserOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screens 2 to 4. */
export const sessions: Screen = {
  name: 'sessions',
  label: 'Sessions',
  group: '',
  icon: SessionsIcon,
  permission: 'sessions.read',
  feature: 'sessions',
  key: 's',
  list: lazy(() => import('./SessionList').then(({ SessionList }) => ({ default: SessionList }))),
  show: lazy(() => import('./SessionShow').then(({ SessionShow }) => ({ default: SessionShow }))),
};
