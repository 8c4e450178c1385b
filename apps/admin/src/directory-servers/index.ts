import ServersIcon from '@mui/icons-material/DnsOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 10. */
export const directoryServers: Screen = {
  name: 'directory-servers',
  label: 'Directory servers',
  group: 'Connections',
  icon: ServersIcon,
  permission: 'directory_servers.read',
  feature: 'directory-servers',
  key: 'd',
  list: lazy(() => import('./ServerList').then(({ ServerList }) => ({ default: ServerList }))),
  show: lazy(() => import('./ServerShow').then(({ ServerShow }) => ({ default: ServerShow }))),
};
