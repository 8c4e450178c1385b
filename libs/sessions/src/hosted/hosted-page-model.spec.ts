import { accentShades, type AcquirerRecord, type Branding, type Channel } from '@app/credentials';
import type { Session } from '../domain/session';
import { aSession } from '../testing/sessions';
import { pageModel, type PageFrame } from './hosted-page-model';
import { choosePageLanguage, type HostedPageModel } from './page';

const FRAME = {
  language: choosePageLanguage('en'),
  state: { step: 'device', version: 1, return_url: 'https://shop.example/no', cancel: 'declines' },
  base: '/hosted/link',
  assets: { script: '/page.js', styles: '' },
  nonce: 'x',
} satisfies Omit<PageFrame, 'logoPath'>;
const PLAIN: Branding = { displayName: null, accent: null, locale: null, frameAncestors: [], logoHash: null };
const VISA = { scheme: 'visa', merchantName: 'CORNER SHOP' } as AcquirerRecord;
const CHANNEL = { name: 'web', acquirers: new Map([['visa', VISA]]), branding: PLAIN } as unknown as Channel;

const modelOf = (session: Session = aSession(), channel = CHANNEL): HostedPageModel =>
  pageModel(session, channel, { ...FRAME, logoPath: (hash) => `/logos/${hash}` });
const withPurchase = (more: Partial<Session['details']['purchase']>): Session => {
  const { details } = aSession();
  return aSession({ details: { ...details, purchase: { ...details.purchase, ...more } } });
};

describe('what the page shows', () => {
  it('is the purchase and the card', () => {
    expect(modelOf()).toMatchObject({
      ...FRAME,
      purchase: { amountMinor: 6540, currency: 'USD' },
      reference: 'ORD-1',
      card: { scheme: 'visa', lastFour: '4242' },
      worksWithoutScript: true,
    });
  });

  it('is no amount where nothing is paid', () => {
    expect(modelOf(withPurchase({ authenticationCategory: 'non_payment' })).purchase).toBeNull();
  });

  it('is the name that the issuer’s page shows too', () => {
    expect(modelOf().brand).toEqual({ name: 'CORNER SHOP', logoUrl: null, accent: null });
    expect(modelOf(withPurchase({ billingDescriptorName: 'Tea Room' })).brand.name).toBe('Tea Room');
    expect(modelOf(aSession({ attempt: { scheme: 'jcb' } })).brand.name).toBe('web');
  });

  it('wears what the channel’s branding says', () => {
    const branding = { ...PLAIN, displayName: 'Robin', accent: '#ffcc00', logoHash: 'ab12' };

    expect(modelOf(aSession(), { ...CHANNEL, branding }).brand).toEqual({
      name: 'Robin',
      logoUrl: '/logos/ab12',
      accent: accentShades('#ffcc00'),
    });
  });

  it('is no scheme that is only a guess', () => {
    const unknown = { bin: null, lastFour: null };

    expect(modelOf(aSession(unknown)).card).toEqual({ scheme: null, lastFour: null });
    expect(modelOf(aSession({ ...unknown, attempt: { progress: 'opened' } })).card.scheme).toBe('visa');
  });

  it('needs script where the protocol does', () => {
    expect(modelOf(aSession({ attempt: { protocolVersion: '2.1.0' } })).worksWithoutScript).toBe(false);
  });
});
