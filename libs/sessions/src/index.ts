export { HOSTED_ASSETS } from './hosted/hosted-assets';
export { HostedNotices } from './hosted/hosted-notices';
export { HOSTED_MAX_BODY_BYTES, HOSTED_PATH } from './hosted/hosted.settings';
export type { HostedAssets } from './hosted/page';
export { SESSIONS_ENTITIES } from './persistence/entities';
export type { SessionLine } from './persistence/session-list.repository';
export { SessionList } from './session-list.service';
export { SessionListModule } from './session-list.module';
export { SessionsModule } from './sessions.module';
