/** What the hosted page is made from. */
import type { AccentShades } from '@app/credentials';
import type { Scheme } from '@app/kernel';
import type { HostedState } from '../hosted-state';
import type { Purchase } from './amount';
import type { HostedAssets } from './document';
import type { PageLanguage } from './language';

/** Who asks for the authentication, as the cardholder knows them. */
export interface PageBrand {
  readonly name: string;
  readonly logoUrl: string | null;
  /** Null for our own colour. */
  readonly accent: AccentShades | null;
}

/** Everything that the page shows. */
export interface HostedPageModel {
  readonly language: PageLanguage;
  readonly brand: PageBrand;
  /** Null where nothing is paid. */
  readonly purchase: Purchase | null;
  readonly reference: string | null;
  /** What is known of the card; nothing of one that only an upstream knows. */
  readonly card: { readonly scheme: Scheme | null; readonly lastFour: string | null };
  readonly state: HostedState;
  /** The page's own address, to the root: `/hosted/{link}`. */
  readonly base: string;
  readonly assets: HostedAssets;
  readonly nonce: string;
  /** False where the protocol version demands what only a script can tell (emv-3ds.md, 2.1.0). */
  readonly worksWithoutScript: boolean;
}
