import { NOTICE_INBOX } from '@app/authentication-port';
import { Callbacks, CallbacksModule, type CallbackSubject } from '@app/callbacks';
import { CardsModule } from '@app/cards';
import { CredentialsModule } from '@app/credentials';
import { Module, type DynamicModule, type OnModuleInit, type Provider } from '@nestjs/common';
import { ActRequests } from './admin/act-requests.service';
import { BulkJobs } from './admin/bulk-jobs.service';
import { CallbackActs } from './admin/callback-acts.service';
import { Reproducer } from './admin/reproducer.service';
import { RetryPlanner } from './admin/retry-planner.service';
import { SessionActs } from './admin/session-acts.service';
import { SessionExport } from './admin/session-export.service';
import { SessionReproductions } from './admin/session-reproductions.service';
import { SessionRetries } from './admin/session-retries.service';
import { Overview } from './admin/overview.service';
import { SessionSearch } from './admin/session-search.service';
import { SimulatorChannels } from './admin/simulator-channels.service';
import { Successors } from './admin/successor.service';
import { TestSessions } from './admin/test-sessions.service';
import { AuthenticationValues } from './authentication-values';
import { AuthorizationDataController } from './authorization/authorization-data.controller';
import { AuthorizationDataService } from './authorization/authorization-data.service';
import { CardFieldsController } from './capture/card-fields.controller';
import { CardTokensController } from './capture/card-tokens.controller';
import { InstrumentsController } from './capture/instruments.controller';
import { KeptCards } from './capture/kept-cards.service';
import { CardSources } from './card-sources.service';
import { ConnectorRegistry } from './connector-registry';
import { SessionCreation } from './creation.service';
import { HostedAlerts } from './hosted/hosted-alerts';
import { HostedApiController } from './hosted/hosted-api.controller';
import { HostedFinishedController } from './hosted/hosted-finished.controller';
import { HostedLinks } from './hosted/hosted-links.service';
import { HostedNotices } from './hosted/hosted-notices';
import { HostedPageController } from './hosted/hosted-page.controller';
import { HostedReturns } from './hosted/hosted-returns';
import { HostedSessions } from './hosted/hosted-sessions.service';
import { HostedStreams } from './hosted/hosted-streams';
import { HostedVisits } from './hosted/hosted-visits';
import { ReturnTickets } from './hosted/return-ticket';
import { LOOK_AT_SESSIONS, SessionChanges, type LookAtSessions } from './hosted/session-changes';
import { AdminCallbackActsController } from './http/admin-callback-acts.controller';
import { AdminJobsController } from './http/admin-jobs.controller';
import { AdminExportController } from './http/admin-export.controller';
import { AdminReproductionController } from './http/admin-reproduction.controller';
import { AdminRetryController } from './http/admin-retry.controller';
import { AdminOverviewController } from './http/admin-overview.controller';
import { AdminSessionsController } from './http/admin-sessions.controller';
import { AdminTestSessionsController } from './http/admin-test-sessions.controller';
import { SessionsController } from './http/sessions.controller';
import { Idempotency } from './idempotency.service';
import { Inquiries } from './inquiries.service';
import { IssuerDialogue } from './issuer-dialogue';
import { BulkJobRunner } from './jobs/bulk-job.runner';
import { HousekeepingJob } from './jobs/housekeeping.job';
import { InquiryJob } from './jobs/inquiry.job';
import { SettlementJob } from './jobs/settlement.job';
import { SessionNoticeInbox } from './notice-inbox.service';
import { ActRequestRepository } from './persistence/act-request.repository';
import { BulkJobRepository } from './persistence/bulk-job.repository';
import { HostedLinkRepository } from './persistence/hosted-link.repository';
import { IdempotencyRepository } from './persistence/idempotency.repository';
import { NoticeRepository } from './persistence/notice.repository';
import { SessionReproductionRepository } from './persistence/session-reproduction.repository';
import { SessionRetryRepository } from './persistence/session-retry.repository';
import { SessionRepository } from './persistence/session.repository';
import { ConnectorHealthRepository } from './persistence/connector-health.repository';
import { SessionFiguresRepository } from './persistence/session-figures.repository';
import { SessionSearchRepository } from './persistence/session-search.repository';
import { SessionStoryRepository } from './persistence/session-story.repository';
import { SessionLog } from './session-log';
import { SessionQueues } from './session-queues';
import { SessionReader } from './session-reader.service';
import { SessionWriter } from './session-writer.service';
import { SessionsService } from './sessions.service';
import { StepStore } from './step-store.service';
import { Settlement } from './settlement.service';

/** The product. The server gives it the connectors; it gives them its notice inbox. */
@Module({})
export class SessionsModule implements OnModuleInit {
  constructor(
    private readonly callbacks: Callbacks,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * `connectors` provides AUTHENTICATION_CONNECTORS: every adapter this installation has, in any order. One of the `imports`
   * exports HOSTED_ASSETS, one SESSION_MEASURES; with `hasSimulator`, one exports SIMULATOR.
   */
  static forRoot(parts: {
    imports: DynamicModule['imports'];
    connectors: Provider;
    hasSimulator?: boolean;
  }): DynamicModule {
    const { hasSimulator = false } = parts;
    return {
      module: SessionsModule,
      imports: [CredentialsModule, CardsModule, CallbacksModule, ...(parts.imports ?? [])],
      controllers: [
        SessionsController,
        AuthorizationDataController,
        AdminOverviewController,
        AdminSessionsController,
        AdminExportController,
        AdminCallbackActsController,
        AdminJobsController,
        AdminRetryController,
        CardFieldsController,
        CardTokensController,
        InstrumentsController,
        HostedFinishedController,
        HostedPageController,
        HostedApiController,
        ...(hasSimulator ? [AdminReproductionController, AdminTestSessionsController] : []),
      ],
      providers: [
        parts.connectors,
        ActRequestRepository,
        ActRequests,
        AuthenticationValues,
        AuthorizationDataService,
        BulkJobRepository,
        BulkJobRunner,
        BulkJobs,
        CallbackActs,
        CardSources,
        ConnectorRegistry,
        HostedAlerts,
        HostedLinkRepository,
        HostedLinks,
        HostedNotices,
        HostedReturns,
        HostedSessions,
        HostedStreams,
        HostedVisits,
        HousekeepingJob,
        Idempotency,
        IdempotencyRepository,
        Inquiries,
        InquiryJob,
        IssuerDialogue,
        KeptCards,
        NoticeRepository,
        RetryPlanner,
        ReturnTickets,
        SessionChanges,
        SessionActs,
        SessionCreation,
        SessionExport,
        SessionLog,
        SessionQueues,
        SessionNoticeInbox,
        SessionReader,
        SessionRepository,
        SessionRetries,
        SessionRetryRepository,
        Overview,
        ConnectorHealthRepository,
        SessionFiguresRepository,
        SessionSearch,
        SessionSearchRepository,
        SessionStoryRepository,
        SessionWriter,
        SessionsService,
        Settlement,
        SettlementJob,
        StepStore,
        Successors,
        {
          provide: LOOK_AT_SESSIONS,
          useFactory:
            (links: HostedLinkRepository): LookAtSessions =>
            (ids) =>
              links.looks(ids),
          inject: [HostedLinkRepository],
        },
        SessionReproductionRepository,
        ...(hasSimulator ? [Reproducer, SimulatorChannels, SessionReproductions, TestSessions] : []),
        { provide: NOTICE_INBOX, useExisting: SessionNoticeInbox },
      ],
      exports: [NOTICE_INBOX],
    };
  }

  onModuleInit(): void {
    const subject: CallbackSubject = {
      secrets: (sessionId, merchantId) => this.sessions.callbackSecrets(sessionId, merchantId),
      delivered: (sessionId) => this.sessions.callbackDelivered(sessionId),
    };
    this.callbacks.bind(subject);
  }
}
