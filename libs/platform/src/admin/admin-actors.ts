import type { AdminActor, Origin } from './actor';

/** Who somebody is by now who has called the admin API before, for work that goes on without them. The server binds it. */
export interface AdminActors {
  /** With the role and the merchants of now; null for who is not let in any more. `id` is a UUID. */
  find(kind: AdminActor['kind'], id: string, origin: Origin): Promise<AdminActor | null>;
}

/** DI token of `AdminActors`. */
export const ADMIN_ACTORS = Symbol('ADMIN_ACTORS');
