import { SCHEMES, type Scheme } from '@app/kernel';
import type { AcquirerRecord, BrandingChange } from '@app/credentials';
import { DEMO_BRANDING } from './demo-branding';

/** A merchant that every demo installation has. Fixed ids: a second start finds them. */
export interface DemoMerchant {
  name: string;
  connector: string;
  merchantId: string;
  channelId: string;
  branding: BrandingChange;
  /** Where its sessions are authenticated: at this same server, as another demo merchant (its channel). */
  upstream?: { accountId: string; channelId: string };
}

/**
 * The first is the one whose credentials `demo.json` has at its top level. A merchant stands behind the one that its upstream
 * is.
 */
export const DEMO_MERCHANTS = [
  {
    name: 'Demo shop',
    connector: 'emv3ds',
    merchantId: '01900000-0000-7000-8000-0000000d0001',
    channelId: '01900000-0000-7000-8000-0000000dc001',
    branding: DEMO_BRANDING.demo,
  },
  {
    name: 'Second shop',
    connector: 'emv3ds',
    merchantId: '01900000-0000-7000-8000-0000000d0002',
    channelId: '01900000-0000-7000-8000-0000000dc002',
    branding: DEMO_BRANDING.second,
  },
  {
    name: 'Checkout shop',
    connector: 'checkout',
    merchantId: '01900000-0000-7000-8000-0000000d0003',
    channelId: '01900000-0000-7000-8000-0000000dc003',
    branding: DEMO_BRANDING.checkout,
    upstream: {
      accountId: '01900000-0000-7000-8000-0000000dac03',
      channelId: '01900000-0000-7000-8000-0000000dc002',
    },
  },
] as const satisfies readonly DemoMerchant[];

export const DEMO_SCOPES = ['sessions:app', 'sessions:browser'] as const;

/** Made-up acquirers, one BIN per scheme; the simulator's directory servers accept any that is well formed. */
const ACQUIRER_BINS: Record<Scheme, string> = {
  visa: '490000',
  mastercard: '520000',
  amex: '370000',
  cartes_bancaires: '497000',
  jcb: '353000',
  diners: '361000',
  discover: '601100',
};

/** The acquirer records of a demo merchant: all schemes. */
export function demoAcquirers({ name }: Pick<DemoMerchant, 'name'>): AcquirerRecord[] {
  const slug = name.toLowerCase().replaceAll(' ', '-');
  return SCHEMES.map((scheme) => ({
    scheme,
    acquirerBin: ACQUIRER_BINS[scheme],
    acquirerMerchantId: `DEMO-${scheme.toUpperCase().replaceAll('_', '-')}`,
    mcc: '5999',
    countryCode: '826',
    merchantName: name,
    requestorId: slug,
    requestorName: name,
    requestorUrl: `https://${slug}.example`,
  }));
}
