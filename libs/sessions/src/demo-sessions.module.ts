import { CardsModule } from '@app/cards';
import { Module } from '@nestjs/common';
import { AuthenticationValues } from './authentication-values';
import { DemoSessions } from './demo/demo-sessions.service';
import { DemoSessionRepository } from './persistence/demo-session.repository';

/** Sessions that never were, for the demo. Does nothing unless it is asked to. Needs the global PlatformModule. */
@Module({
  imports: [CardsModule],
  providers: [AuthenticationValues, DemoSessionRepository, DemoSessions],
  exports: [DemoSessions],
})
export class DemoSessionsModule {}
