import { LeaseEntity } from './lease.entity';

/** Tables of the platform, for the one data source. */
export const PLATFORM_ENTITIES = [LeaseEntity];
