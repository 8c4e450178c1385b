import AuditIcon from '@mui/icons-material/HistoryEduOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 13. */
export const audit: Screen = {
  name: 'audit',
  label: 'Audit log',
  group: 'Administration',
  icon: AuditIcon,
  permission: 'audit.read',
  feature: 'audit',
  key: 'a',
  list: lazy(() => import('./AuditList').then(({ AuditList }) => ({ default: AuditList }))),
};
