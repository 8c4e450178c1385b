import type { Schemas } from '../api/admin-api';

/** A directory server, how its card ranges stand and how it answers. */
export type DirectoryServer = Schemas['DirectoryServer'];

/** Authentication requests of a time, of all replicas. */
export type CallFigures = DirectoryServer['last_hour'];

/** What a directory server says of a card. */
export type Found = Schemas['LookedUpCard']['found'][number];
