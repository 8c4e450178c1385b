import type { Schemas } from '../api/admin-api';

/** How the installation runs. */
export type System = Schemas['System'];
export type Replica = System['replicas'][number];
/** One piece of scheduled work in one process. */
export type JobRun = System['jobs'][number];
export type Lease = System['leases'][number];
export type Queue = System['queues'][number];
export type Partitions = System['partitions'][number];
export type Kek = System['keks'][number];
