export { TokenRefused, TokenUnavailable } from './token-cache.errors';
export { TokenDesk } from './admin/token-desk.service';
export { TOKEN_LISTING, type TokenField, type TokenLine, type TokenSort } from './admin/token-listing';
export { TokenCacheModule } from './token-cache.module';
export { TokenCache } from './token-cache.service';
export type { FetchOutcome, FetchToken, IssuedToken, TokenRequest, UpstreamToken } from './token-cache.types';
export { TOKEN_CACHE_ENTITIES } from './persistence/entities';
export { TOKEN_CACHE_SEALED_COLUMNS } from './sealed-columns';
