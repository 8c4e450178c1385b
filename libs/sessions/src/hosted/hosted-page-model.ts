/** What the cardholder's page is made from, out of a session and its channel. Pure. */
import { accentShades, type Channel } from '@app/credentials';
import type { Session } from '../domain/session';
import type { HostedState } from './hosted-state';
import type { HostedAssets, HostedPageModel, PageBrand, PageLanguage } from './page';

/** What the request and the installation add. */
export interface PageFrame {
  language: PageLanguage;
  state: HostedState;
  /** The page's own address, to the root. */
  base: string;
  assets: HostedAssets;
  nonce: string;
  /** Of a logo's address, by its hash. */
  logoPath: (hash: string) => string;
}

/** This version demands what only a script can tell (emv-3ds.md section 5.6). */
const NEEDS_SCRIPT = '2.1.0';

/** The model of the page at `session`. */
export function pageModel(session: Session, channel: Channel, frame: PageFrame): HostedPageModel {
  const { attempt, details, amountMinor, currency, reference, lastFour } = session;
  const isPayment = details.purchase.authenticationCategory === 'payment';
  // Whose card it is, is a guess as long as only an upstream could know.
  const isGuess = lastFour === null && attempt.progress === 'planned';
  return {
    ...frame,
    brand: brandOf(session, channel, frame),
    purchase: isPayment ? { amountMinor, currency } : null,
    reference,
    card: { scheme: isGuess ? null : attempt.scheme, lastFour },
    worksWithoutScript: attempt.protocolVersion !== NEEDS_SCRIPT,
  };
}

/** Without a name for customers it has the one that the cardholder will also find on the issuer's page. */
function brandOf({ attempt, details }: Session, { acquirers, name, branding }: Channel, frame: PageFrame): PageBrand {
  const registered = acquirers.get(attempt.scheme)?.merchantName;
  const { displayName, accent, logoHash } = branding;
  return {
    name: displayName ?? details.purchase.billingDescriptorName ?? registered ?? name,
    logoUrl: logoHash === null ? null : frame.logoPath(logoHash),
    accent: accent === null ? null : accentShades(accent),
  };
}
