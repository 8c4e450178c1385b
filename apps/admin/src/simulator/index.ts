import ScienceIcon from '@mui/icons-material/ScienceOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 12. */
export const simulator: Screen = {
  name: 'simulator',
  label: 'Simulator',
  group: 'Connections',
  icon: ScienceIcon,
  permission: 'simulator.read',
  feature: 'simulator',
  key: 'i',
  list: lazy(() => import('./SimulatorPage').then(({ SimulatorPage }) => ({ default: SimulatorPage }))),
};
