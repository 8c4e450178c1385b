export { SESSIONS_ENTITIES } from './persistence/entities';
export { SessionsModule } from './sessions.module';
