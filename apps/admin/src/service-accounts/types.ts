import type { Schemas } from '../api/admin-api';

/** A program that uses the admin API. */
export type ServiceAccount = Schemas['ServiceAccount'];

/** Told once. */
export type NewServiceAccount = Schemas['NewServiceAccount'];
