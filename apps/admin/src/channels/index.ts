import ChannelsIcon from '@mui/icons-material/AltRouteOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** A part of screen 5: sales channels of merchants. */
export const channels: Screen = {
  name: 'channels',
  label: 'Channels',
  group: 'Merchants',
  icon: ChannelsIcon,
  permission: 'merchants.read',
  feature: 'channels',
  key: 'h',
  list: lazy(() => import('./ChannelList').then(({ ChannelList }) => ({ default: ChannelList }))),
  show: lazy(() => import('./ChannelShow').then(({ ChannelShow }) => ({ default: ChannelShow }))),
};
