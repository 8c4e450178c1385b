import ReportsIcon from '@mui/icons-material/InsightsOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 11. */
export const reports: Screen = {
  name: 'reports',
  label: 'Reports',
  group: 'Insight',
  icon: ReportsIcon,
  permission: 'reports.read',
  feature: 'reports',
  key: 'r',
  list: lazy(() => import('./Reports').then(({ Reports }) => ({ default: Reports }))),
};
