import { Module } from '@nestjs/common';
import { SessionListRepository } from './persistence/session-list.repository';
import { SessionList } from './session-list.service';

/** Reading lists of sessions, without the rest of sessions: no routes, no ticks. Needs the global PlatformModule. */
@Module({ providers: [SessionListRepository, SessionList], exports: [SessionList] })
export class SessionListModule {}
