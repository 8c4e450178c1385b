/** AReq, the authentication request: 3DS Server to directory server to ACS (emv-3ds.md section 2.2). */
import type {
  AcctInfo,
  Envelope,
  MerchantRiskIndicator,
  MessageExtension,
  Phone,
  ThreeDSRequestorAuthenticationInfo,
  ThreeDSRequestorPriorAuthenticationInfo,
  YesNo,
} from './common';

/**
 * The authentication request of 2.2.0, browser channel. Amounts are minor units in digits; `purchaseDate` is
 * YYYYMMDDHHMMSS in UTC; countries and currencies are three-digit ISO codes; `cardExpiryDate` is YYMM.
 */
export interface AReq extends Envelope<'AReq'> {
  threeDSServerTransID: string;
  threeDSServerRefNumber: string;
  threeDSServerOperatorID?: string;
  threeDSServerURL: string;
  threeDSRequestorID: string;
  threeDSRequestorName: string;
  threeDSRequestorURL: string;
  deviceChannel: string;
  messageCategory: string;
  threeDSCompInd?: 'Y' | 'N' | 'U';
  threeDSRequestorAuthenticationInd?: string;
  threeRIInd?: string;
  threeDSRequestorAuthenticationInfo?: ThreeDSRequestorAuthenticationInfo;
  threeDSReqAuthMethodInd?: string;
  threeDSRequestorChallengeInd?: string;
  threeDSRequestorDecReqInd?: YesNo;
  threeDSRequestorDecMaxTime?: string;
  threeDSRequestorPriorAuthenticationInfo?: ThreeDSRequestorPriorAuthenticationInfo;
  acquirerBIN?: string;
  acquirerMerchantID?: string;
  mcc?: string;
  merchantCountryCode?: string;
  merchantName?: string;
  merchantRiskIndicator?: MerchantRiskIndicator;
  acctNumber: string;
  cardExpiryDate?: string;
  acctType?: string;
  acctID?: string;
  acctInfo?: AcctInfo;
  cardholderName?: string;
  email?: string;
  homePhone?: Phone;
  mobilePhone?: Phone;
  workPhone?: Phone;
  billAddrCity?: string;
  billAddrCountry?: string;
  billAddrLine1?: string;
  billAddrLine2?: string;
  billAddrLine3?: string;
  billAddrPostCode?: string;
  billAddrState?: string;
  shipAddrCity?: string;
  shipAddrCountry?: string;
  shipAddrLine1?: string;
  shipAddrLine2?: string;
  shipAddrLine3?: string;
  shipAddrPostCode?: string;
  shipAddrState?: string;
  addrMatch?: YesNo;
  purchaseAmount?: string;
  purchaseCurrency?: string;
  purchaseExponent?: string;
  purchaseDate?: string;
  purchaseInstalData?: string;
  recurringExpiry?: string;
  recurringFrequency?: string;
  transType?: string;
  payTokenInd?: true;
  payTokenSource?: string;
  browserAcceptHeader?: string;
  browserIP?: string;
  browserJavascriptEnabled?: boolean;
  browserJavaEnabled?: boolean;
  browserLanguage?: string;
  browserColorDepth?: string;
  browserScreenHeight?: string;
  browserScreenWidth?: string;
  browserTZ?: string;
  browserUserAgent?: string;
  notificationURL?: string;
  dsReferenceNumber?: string;
  dsTransID?: string;
  dsURL?: string;
  whiteListStatus?: YesNo;
  whiteListStatusSource?: string;
  broadInfo?: Record<string, unknown>;
  messageExtension?: MessageExtension[];
}
