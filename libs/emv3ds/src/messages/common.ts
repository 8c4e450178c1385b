/** What several messages share: envelopes, ids and nested objects, with the names of the specification (emv-3ds.md 2.13). */
import type { ProtocolVersion } from '../versions';

/** The nine messages of 2.1.0 and 2.2.0. */
export const MESSAGE_TYPES = ['AReq', 'ARes', 'CReq', 'CRes', 'RReq', 'RRes', 'PReq', 'PRes', 'Erro'] as const;

/** The value of `messageType`. */
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** Who speaks in an Erro: C the SDK, S the 3DS Server, D the directory server, A the ACS. */
export type Component = 'C' | 'S' | 'D' | 'A';

/** `transStatus` of 2.2.0 (emv-3ds.md section 3.1). */
export type TransStatusCode = 'Y' | 'N' | 'U' | 'A' | 'C' | 'R' | 'D' | 'I';

/** A yes or no of the specification. */
export type YesNo = 'Y' | 'N';

/** What every message starts with. */
export interface Envelope<T extends MessageType> {
  messageType: T;
  messageVersion: ProtocolVersion;
}

/** One entry of `messageExtension`. */
export interface MessageExtension {
  name: string;
  id: string;
  criticalityIndicator: boolean;
  data: Record<string, unknown>;
}

/** A phone number: country code of 1 to 3 digits, subscriber number of at most 15. */
export interface Phone {
  cc: string;
  subscriber: string;
}

/** What the merchant knows of the cardholder's account. Dates are YYYYMMDD, counts are digits. */
export interface AcctInfo {
  chAccAgeInd?: string;
  chAccDate?: string;
  chAccChange?: string;
  chAccChangeInd?: string;
  chAccPwChange?: string;
  chAccPwChangeInd?: string;
  nbPurchaseAccount?: string;
  provisionAttemptsDay?: string;
  txnActivityDay?: string;
  txnActivityYear?: string;
  paymentAccAge?: string;
  paymentAccInd?: string;
  shipAddressUsage?: string;
  shipAddressUsageInd?: string;
  shipNameIndicator?: string;
  suspiciousAccActivity?: string;
}

/** What the merchant knows of this purchase. `giftCardAmount` is in major units. */
export interface MerchantRiskIndicator {
  deliveryEmailAddress?: string;
  deliveryTimeframe?: string;
  giftCardAmount?: string;
  giftCardCount?: string;
  giftCardCurr?: string;
  preOrderDate?: string;
  preOrderPurchaseInd?: string;
  reorderItemsInd?: string;
  shipIndicator?: string;
}

/** How the merchant authenticated its customer. The timestamp is YYYYMMDDHHMM, UTC. */
export interface ThreeDSRequestorAuthenticationInfo {
  threeDSReqAuthData?: string;
  threeDSReqAuthMethod?: string;
  threeDSReqAuthTimestamp?: string;
}

/** An earlier authentication of the same cardholder. `threeDSReqPriorRef` is that one's `acsTransID`. */
export interface ThreeDSRequestorPriorAuthenticationInfo {
  threeDSReqPriorRef?: string;
  threeDSReqPriorAuthMethod?: string;
  threeDSReqPriorAuthTimestamp?: string;
  threeDSReqPriorAuthData?: string;
}
