/** One authentication as the issuer side knows it, from the AReq to the RReq. */
import type { ProtocolVersion } from '@app/emv3ds';
import type { DirectoryServerId, Scheme } from '@app/kernel';
import type { CardBehaviour } from '../cards/card-table';
import type { ChallengeState } from '../acs/challenge.machine';
import type { Script } from '../control/scripts';

/** What the challenge page shows of the purchase. Amounts are minor units. */
export interface PurchaseView {
  readonly merchantName: string;
  readonly lastFour: string;
  readonly scheme: Scheme;
  /** Null for a non-payment. */
  readonly amount: { readonly minor: string; readonly currency: string; readonly exponent: number } | null;
}

/** What one delivery of an RReq brought: an HTTP answer, or the failure of the connection. Bodies are masked. */
export type RReqAnswer =
  | { readonly status: number; readonly messageType: string; readonly body: unknown }
  | { readonly status: null; readonly messageType: null; readonly error: string };

/** One RReq as it was sent, masked, and what came back. */
export interface RReqRecord {
  readonly sentAt: string;
  readonly rreq: Record<string, unknown>;
  readonly answer: RReqAnswer;
}

/** The ids and addresses are those of the AReq and ARes; no card number is kept. */
export interface Transaction {
  readonly threeDSServerTransID: string;
  readonly acsTransID: string;
  readonly dsTransID: string;
  readonly directoryServer: DirectoryServerId;
  readonly messageVersion: ProtocolVersion;
  readonly messageCategory: string;
  readonly threeDSServerURL: string;
  readonly notificationURL: string;
  readonly receivedAt: Date;
  readonly purchase: PurchaseView;
  readonly behaviour: CardBehaviour;
  /** What it is to meet instead, faults left out. */
  readonly script: Script | null;
  /** The ECI series of the card: Cartes Bancaires uses its co-badge's (emv-3ds.md section 3.6). */
  readonly eciSeries: Exclude<Scheme, 'cartes_bancaires'>;
  /** Masked. */
  readonly areq: Record<string, unknown>;
  /** Masked; null until it was answered. */
  ares: Record<string, unknown> | null;
  /** Null without a challenge. */
  challenge: ChallengeState | null;
  /** In the order in which the answers came. */
  readonly rreqs: RReqRecord[];
  /** What the 3DS Server found wrong with our answer, masked. */
  readonly erros: Record<string, unknown>[];
}
