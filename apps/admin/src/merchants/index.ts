import MerchantsIcon from '@mui/icons-material/StorefrontOutlined';
import { lazy } from 'react';
import type { Screen } from '../layout/screens';

/** Screen 5. */
export const merchants: Screen = {
  name: 'merchants',
  label: 'Merchants',
  group: 'Merchants',
  icon: MerchantsIcon,
  permission: 'merchants.read',
  feature: 'merchants',
  key: 'm',
  list: lazy(() => import('./MerchantList').then(({ MerchantList }) => ({ default: MerchantList }))),
  show: lazy(() => import('./MerchantShow').then(({ MerchantShow }) => ({ default: MerchantShow }))),
};
