import { SESSION_MEASURES } from '@app/platform';
import { Module } from '@nestjs/common';
import { MeasuredSessions } from './measured-sessions.service';
import { MeasuredSessionRepository } from './persistence/measured-session.repository';

/** Sessions one by one in the definitions of reports, without the rest of reports. Needs the global PlatformModule. */
@Module({
  providers: [
    MeasuredSessionRepository,
    MeasuredSessions,
    { provide: SESSION_MEASURES, useExisting: MeasuredSessions },
  ],
  exports: [SESSION_MEASURES],
})
export class MeasuredSessionsModule {}
