import type { Choice } from '../list/filter-field';

/** Usual routes: connectors in the order in which they are asked. */
export const ROUTES: readonly Choice[] = [
  { value: 'emv3ds', label: '3DS Server' },
  { value: 'checkout', label: 'Checkout.com' },
  { value: 'emv3ds,checkout', label: '3DS Server, else Checkout.com' },
  { value: 'checkout,emv3ds', label: 'Checkout.com, else 3DS Server' },
];

/** The languages of the pages; empty: no preference. */
export const PAGE_LOCALES: readonly Choice[] = [
  { value: '', label: 'The page’s own' },
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'French' },
  { value: 'de', label: 'German' },
  { value: 'es', label: 'Spanish' },
  { value: 'it', label: 'Italian' },
  { value: 'pt', label: 'Portuguese' },
  { value: 'nl', label: 'Dutch' },
  { value: 'pl', label: 'Polish' },
  { value: 'ja', label: 'Japanese' },
  { value: 'ar', label: 'Arabic' },
];
