import { AdminRequestEntity } from './admin-request.entity';
import { AccessLogEntity } from './access-log.entity';
import { LeaseEntity } from './lease.entity';
import { MacKeyEntity } from './mac-key.entity';
import { ReplicaEntity } from './replica.entity';

/** Tables of the platform, for the one data source. */
export const PLATFORM_ENTITIES = [LeaseEntity, MacKeyEntity, AccessLogEntity, ReplicaEntity, AdminRequestEntity];
