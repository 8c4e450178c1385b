import MonitorHeartIcon from '@mui/icons-material/MonitorHeartOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 15. */
export const system: Screen = {
  name: 'system',
  label: 'System',
  group: 'Administration',
  icon: MonitorHeartIcon,
  permission: 'system.read',
  ofAllMerchants: true,
  feature: 'system',
  key: 'y',
  list: lazy(() => import('./SystemPage').then(({ SystemPage }) => ({ default: SystemPage }))),
};
