import JobsIcon from '@mui/icons-material/PlaylistAddCheckOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** What was done to many at once. */
export const jobs: Screen = {
  name: 'jobs',
  label: 'Jobs',
  group: '',
  icon: JobsIcon,
  permission: 'sessions.act',
  feature: 'jobs',
  key: 'j',
  list: lazy(() => import('./JobList').then(({ JobList }) => ({ default: JobList }))),
  show: lazy(() => import('./JobShow').then(({ JobShow }) => ({ default: JobShow }))),
};
