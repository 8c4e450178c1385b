import { Module } from '@nestjs/common';
import { DemoSessions } from './demo/demo-sessions.service';
import { DemoSessionRepository } from './persistence/demo-session.repository';

/** Sessions that never were, for the demo. Does nothing unless it is asked to. Needs the global PlatformModule. */
@Module({ providers: [DemoSessionRepository, DemoSessions], exports: [DemoSessions] })
export class DemoSessionsModule {}
