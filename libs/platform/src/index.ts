export {
  assertInScope,
  includesScope,
  isInScope,
  OPERATOR_ROLES,
  type AdminActor,
  type Administrator,
  type Doer,
  type MerchantScope,
  type OperatorRole,
  type Origin,
} from './admin/actor';
export { ADMIN_ACTORS, type AdminActors } from './admin/admin-actors';
export { ADMIN_AUTHENTICATION, type AdminAuthentication } from './admin/admin-authentication';
export { ADMIN_DEMAND, AdminGuard, type AdminDemand, type KeyedOnce } from './admin/admin.guard';
export { ADMIN_REQUEST_COLUMN, AdminRequests, type NamedAdminRequest } from './admin/admin-requests.service';
export { Actor, AdminRoute } from './admin/admin-route';
export { ChangedMeanwhile } from './admin/changed-meanwhile';
export {
  CALLBACK_COUNTS,
  CALLBACK_FRAME,
  CALLBACK_MEASURES,
  SESSION_FRAME,
  type CallbackCount,
  type CallbackMeasures,
} from './admin/callback-measures';
export { BESIDE_SESSION_BIN, ISSUER_FRAME, ISSUER_SQL } from './admin/issuer-frame';
export {
  SESSION_COUNTS,
  SESSION_LEGS,
  SESSION_MEASURES,
  type MeasuredSession,
  type SessionCount,
  type SessionDimension,
  type SessionLeg,
  type SessionMeasures,
} from './admin/session-measures';
export { UNREASONED, type Edit } from './admin/edit';
export { MERCHANT_REGISTER, type MerchantRegister } from './admin/merchant-register';
export { OF_MERCHANT, ofMerchant } from './admin/of-merchant';
export { PERMISSIONS, type Permission } from './admin/permissions';
export { readInScope } from './admin/read-in-scope';
export { safeToShow } from './admin/safe-to-show';
export { CLOCK } from './clock.token';
export { APP_CONFIG, type AppConfig, type Kek, type OidcConfig, type Role } from './config/app-config';
export { ConfigError, loadConfig, loadServerConfig } from './config/load-config';
export { CryptoBox } from './crypto/crypto-box';
export { KekRotation, type KekUse, type RotationResult } from './crypto/kek-rotation';
export { MacKeys, MAC_KEY_COLUMN } from './crypto/mac-keys';
export type { SealedColumn } from './crypto/sealed-column';
export { DecryptionFailed, keyIdOf, openWith, sealWith, type DataKey } from './crypto/sealing';
export {
  bigintAsNumber,
  Database,
  isCutOff,
  isUniqueViolation,
  isUnknownValue,
  ReaderBreach,
  type Queryable,
} from './database/database';
export { PreparedStatements } from './database/prepared-statements';
export { Statement, textOf } from './database/statement';
export { PLATFORM_ENTITIES } from './database/entities';
export { Leases } from './database/leases';
export { Replicas, type LeaseState, type Replica, type TickReport } from './database/replicas';
export { isAbout, takeVersion, type Versioned } from './database/versions';
export { storableJson } from './database/storable-json';
export { Coalescer } from './database/coalescer';
export { outlast } from './database/outlast';
export type { AdminDescription, BodyClass, QueryParameter, RouteDescription } from './description/admin-description';
export { filterSchema, listParameters, type ListParameter } from './description/list-schemas';
export { shapes, type JsonSchema } from './description/shapes';
export { isDatabaseGone } from './errors/database-gone';
export { ERROR_KINDS, toErrorResponse, type ErrorBody } from './errors/error-body';
export {
  ErrorFilter,
  type ErredRequest,
  type ErrorAnswer,
  type ErrorDialect,
  malformedBody,
  routeNotFound,
  toCountersignError,
} from './errors/error.filter';
export { AccessLog, type AccessEntry } from './events/access-log';
export { AUDIT_SINK, type AuditEntry, type AuditSink } from './events/audit-sink';
export { AUDIT_TRAIL, type AuditTrace, type AuditTrail } from './events/audit-trail';
export { DOMAIN_EVENTS, type DomainEvent, type DomainEvents } from './events/domain-events';
export { HealthRegistry, type HealthCheck } from './health/health';
export { MerchantAddresses } from './http/merchant-addresses';
export {
  OutboundFailure,
  OutboundHttp,
  type OutboundFailureReason,
  type OutboundRequest,
  type OutboundResponse,
} from './http/outbound-http';
export type { SeenCertificate } from './http/peer-certificates';
export { PublicAddress } from './http/public-address';
export { FairClaims } from './limits/fair-claims';
export { Admission, type Urgency } from './limits/admission';
export { Bulkhead } from './limits/bulkhead';
export { ClientAddresses, forwardedFor } from './limits/client-address';
export { RateLimiter, type RateLimit } from './limits/rate-limiter';
export { RateLimits, type LimitName } from './limits/rate-limits';
export { inTurn } from './limits/turns';
export {
  beginsWithDigits,
  bindings,
  columnSql,
  listConditionsSql,
  listSql,
  type Bind,
  type ConditionSql,
  type ListSource,
  type ListSql,
  type PagedConditionSql,
} from './listing/list-sql';
export { createdById } from './listing/created-by-id';
export { parseListQuery } from './listing/list-query';
export type {
  FieldRule,
  FilterOperator,
  ListCondition,
  Listing,
  ListPage,
  ListPosition,
  ListQuery,
  SortType,
} from './listing/listing';
export { pageOf, type ListRow } from './listing/page';
export { createLogger, LOG, NestLog, withRequestId, type Logger } from './logging/logger';
export { Metrics } from './metrics/metrics';
export { parseTokenRequest, type ParsedTokenRequest, type TokenError, type TokenRequest } from './oauth/token-request';
export { WorkQueues, type QueueDepth } from './health/work-queues';
export { EventLoop } from './limits/event-loop';
export { PlatformModule } from './platform.module';
export {
  Address,
  AtMost,
  DateTime,
  Email,
  Flag,
  Integer,
  IsPlainObject,
  Name,
  Nested,
  OneOf,
  Optional,
  Shape,
  Text,
  Uuid,
  Version,
  Visible,
} from './request/rules';
export {
  assertChanges,
  assertNone,
  check,
  cleanJson,
  codeOf,
  objectBody,
  readBody,
  type JsonObject,
} from './request/validation';
export { within } from './within';
