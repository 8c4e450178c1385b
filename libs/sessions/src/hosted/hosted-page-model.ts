/** What the cardholder's page is made from, out of a session and its channel. Pure. */
import type { Channel } from '@app/credentials';
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
    brand: brandOf(session, channel),
    purchase: isPayment ? { amountMinor, currency } : null,
    reference,
    card: { scheme: isGuess ? null : attempt.scheme, lastFour },
    worksWithoutScript: attempt.protocolVersion !== NEEDS_SCRIPT,
  };
}

/** The name that the cardholder will also find on the issuer's page. */
function brandOf({ attempt, details }: Session, { acquirers, name }: Channel): PageBrand {
  const registered = acquirers.get(attempt.scheme)?.merchantName;
  return { name: details.purchase.billingDescriptorName ?? registered ?? name, logoUrl: null, accent: null };
}
