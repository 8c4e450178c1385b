export {
  AUTHENTICATION_TYPES,
  CHALLENGE_CANCELS,
  ECI_BY_SCHEME,
  ERROR_CODES,
  RESULTS_STATUSES,
  TRANS_STATUS_BY_MESSAGE,
  TRANS_STATUS_REASONS,
  TRANS_STATUSES,
  WINDOW_SIZES,
  type EciOutcome,
} from './codes';
export { checkARes, checkRReq, type ExpectedARes, type ExpectedRReq } from './consistency';
export type { MessageContext } from './context';
export { errorMessage, ProtocolError, type ErrorFields, type TransactionIds } from './emv3ds.errors';
export {
  decodeMessage,
  decodeThreeDSMethodData,
  encodeMessage,
  encodeThreeDSMethodData,
  type ThreeDSMethodData,
} from './encoding';
export { explainFields, type ExplainedMessage, type FieldExplanation } from './fields/explain';
export { maskedText } from './masked-text';
export { maskMessage } from './masking';
export type { Message, MessageOf } from './messages';
export type { AReq } from './messages/areq';
export type { ARes } from './messages/ares';
export {
  MESSAGE_TYPES,
  type AcctInfo,
  type Component,
  type Envelope,
  type MerchantRiskIndicator,
  type MessageExtension,
  type MessageType,
  type Phone,
  type ThreeDSRequestorAuthenticationInfo,
  type ThreeDSRequestorPriorAuthenticationInfo,
  type TransStatusCode,
  type YesNo,
} from './messages/common';
export type { CReq } from './messages/creq';
export type { CRes } from './messages/cres';
export type { Erro } from './messages/erro';
export type { PReq } from './messages/preq';
export type { CardRangeRecord, PRes } from './messages/pres';
export type { RReq } from './messages/rreq';
export type { RRes } from './messages/rres';
export { NOTIFICATION_POLICY, notificationPage } from './notification-page';
export { parseMessage, type ParseOptions } from './parse';
export { applyPRes, type ConflictPolicy } from './ranges/apply';
export { EMPTY_CARD_RANGES, type CardRange, type CardRangeSet } from './ranges/card-range';
export { CardRangeIndex } from './ranges/range-index';
export { chooseVersion } from './ranges/version-choice';
export { serializeMessage } from './serialize';
export {
  compareVersions,
  isVersionText,
  PROTOCOL_VERSIONS,
  SUPPORTED_VERSIONS,
  type ProtocolVersion,
} from './versions';
