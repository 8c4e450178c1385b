import { UpstreamTokenEntity } from './upstream-token.entity';

/** For the one DataSource, and nobody else. */
export const TOKEN_CACHE_ENTITIES = [UpstreamTokenEntity];
