import type { Grant } from '../operators/types';

/** A program that uses the admin API, as `GET /admin/api/service-accounts` tells. */
export interface ServiceAccount extends Grant {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

/** Told once. */
export interface NewServiceAccount extends ServiceAccount {
  readonly client_id: string;
  readonly client_secret: string;
}
