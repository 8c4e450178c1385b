import type { Clock } from '@app/kernel';
import { CLOCK, WorkQueues } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { BulkJobRepository } from './persistence/bulk-job.repository';
import { NoticeRepository } from './persistence/notice.repository';
import { SessionRepository } from './persistence/session.repository';

/** What waits to be done about sessions, told where all queues are. */
@Injectable()
export class SessionQueues {
  constructor(
    queues: WorkQueues,
    sessions: SessionRepository,
    notices: NoticeRepository,
    jobs: BulkJobRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    queues.register('inquiries', () => sessions.inquiriesDue(clock.now()));
    queues.register('deadlines', () => sessions.deadlinesDue(clock.now()));
    queues.register('notices', () => notices.left());
    queues.register('bulk_jobs', () => jobs.waiting());
  }
}
