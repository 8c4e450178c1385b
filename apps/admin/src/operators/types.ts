import type { Schemas } from '../api/admin-api';

/** Somebody who uses the console. */
export type Operator = Schemas['Operator'];

/** A role, and the merchants that it holds for. */
export type Grant = Pick<Operator, 'role' | 'all_merchants' | 'merchant_ids'>;

/** A way to set a password, told once. */
export type Invitation = Pick<Schemas['Invitation'], 'invitation_url' | 'invitation_expires_at'>;
