import { Module, type DynamicModule } from '@nestjs/common';
import { AdminReportsController } from './http/admin-reports.controller';
import { AdminReportChecksController } from './http/admin-report-checks.controller';
import { ReportCheckJob } from './jobs/report-check.job';
import { RollupJob } from './jobs/rollup.job';
import { ReportCheckRepository } from './persistence/report-check.repository';
import { ReportRepository } from './persistence/report.repository';
import { RollupRepository } from './persistence/rollup.repository';
import { DEMO_MERCHANTS, REPORT_LIMITS, USUAL_LIMITS } from './reporting.tokens';
import { ReportChecks } from './report-checks.service';
import { Reports } from './reports.service';
import { Rollups } from './rollups.service';

/** Reports for operators: the read side. Needs the global PlatformModule. */
@Module({})
export class ReportingModule {
  /** @param demoMerchants merchants (UUIDs) whose sessions were made up, and are told apart from all others */
  static forRoot({ demoMerchants }: { demoMerchants: readonly string[] }): DynamicModule {
    return {
      module: ReportingModule,
      controllers: [AdminReportsController, AdminReportChecksController],
      providers: [
        Reports,
        ReportRepository,
        RollupRepository,
        Rollups,
        RollupJob,
        ReportCheckRepository,
        ReportChecks,
        ReportCheckJob,
        { provide: DEMO_MERCHANTS, useValue: demoMerchants },
        { provide: REPORT_LIMITS, useValue: USUAL_LIMITS },
      ],
    };
  }
}
