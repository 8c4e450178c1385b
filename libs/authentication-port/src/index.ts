export {
  AUTHENTICATION_CONNECTORS,
  NOTICE_INBOX,
  type Ack,
  type AuthenticationConnector,
  type NoticeInbox,
} from './connector';
export type {
  AcquirerRecord,
  Address,
  AttemptRequest,
  BrowserData,
  Capability,
  ConnectorId,
  Environment,
  Phone,
  Purchase,
  Source,
} from './request';
export type {
  AcsFacts,
  Attempt,
  ConnectorState,
  ErrorFacts,
  Exchange,
  Facts,
  MaskedNotice,
  NoticeAnswer,
  NoticeSecrets,
  Plan,
  Signal,
  Step,
  TransStatus,
} from './step';
