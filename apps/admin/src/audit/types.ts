import type { Schemas } from '../api/admin-api';

export type AuditEntry = Schemas['AuditEntry'];

/** What a look at the whole chain found. */
export type ChainVerdict = Schemas['ChainVerdict'];
