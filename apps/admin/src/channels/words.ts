import type { Choice } from '../list/filter-field';

/** Usual routes: connectors in the order in which they are asked. */
export const ROUTES: readonly Choice[] = [
  { value: 'emv3ds', label: '3DS Server' },
  { value: 'checkout', label: 'Checkout.com' },
  { value: 'emv3ds,checkout', label: '3DS Server, else Checkout.com' },
  { value: 'checkout,emv3ds', label: 'Checkout.com, else 3DS Server' },
];
