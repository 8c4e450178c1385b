import { ActRequestEntity } from './act-request.entity';
import { AttemptEntity } from './attempt.entity';
import { BulkJobItemEntity } from './bulk-job-item.entity';
import { BulkJobEntity } from './bulk-job.entity';
import { CorrelationEntity } from './correlation.entity';
import { ExchangeEntity } from './exchange.entity';
import { HostedLinkEntity } from './hosted-link.entity';
import { IdempotencyEntity } from './idempotency.entity';
import { NoticeSeenEntity } from './notice-seen.entity';
import { SessionEventEntity } from './session-event.entity';
import { SessionLegEntity } from './session-leg.entity';
import { SessionReproductionEntity } from './session-reproduction.entity';
import { SessionRetryEntity } from './session-retry.entity';
import { SessionEntity } from './session.entity';

/** Tables of the sessions lib, for the one data source. */
export const SESSIONS_ENTITIES = [
  SessionEntity,
  AttemptEntity,
  SessionEventEntity,
  ExchangeEntity,
  CorrelationEntity,
  NoticeSeenEntity,
  IdempotencyEntity,
  HostedLinkEntity,
  SessionLegEntity,
  ActRequestEntity,
  SessionRetryEntity,
  SessionReproductionEntity,
  BulkJobEntity,
  BulkJobItemEntity,
];
