import OverviewIcon from '@mui/icons-material/SpaceDashboardOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 1. */
export const overview: Screen = {
  name: 'overview',
  label: 'Overview',
  group: '',
  icon: OverviewIcon,
  permission: 'overview.read',
  feature: 'overview',
  key: 'o',
  list: lazy(() => import('./Overview').then(({ Overview }) => ({ default: Overview }))),
};
