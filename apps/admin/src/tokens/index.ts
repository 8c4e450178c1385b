import TokensIcon from '@mui/icons-material/TokenOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 8. */
export const tokens: Screen = {
  name: 'tokens',
  label: 'Tokens',
  group: 'Connections',
  icon: TokensIcon,
  permission: 'tokens.read',
  feature: 'tokens',
  key: 't',
  list: lazy(() => import('./TokenList').then(({ TokenList }) => ({ default: TokenList }))),
  show: lazy(() => import('./TokenShow').then(({ TokenShow }) => ({ default: TokenShow }))),
};
