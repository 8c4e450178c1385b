export { HOSTED_ASSETS } from './hosted/hosted-assets';
export type { HostedAssets } from './hosted/page';
export { SESSIONS_ENTITIES } from './persistence/entities';
export type { SessionLine } from './persistence/session-list.repository';
export { SessionList } from './session-list.service';
export { SessionListModule } from './session-list.module';
export { SessionsModule } from './sessions.module';
