import { Actor, AdminRoute, ofMerchant, type AdminActor } from '@app/platform';
import { Controller, Get, Query } from '@nestjs/common';
import type { ConnectorHealth } from '../admin/connector-health';
import { Overview } from '../admin/overview.service';
import { rateOf, type HourOfSessions } from '../admin/session-figures';

/** The first screen of the console. */
@Controller('admin/api/overview')
export class AdminOverviewController {
  constructor(private readonly overview: Overview) {}

  @Get()
  @AdminRoute('overview.read')
  async show(@Actor() { merchants }: AdminActor, @Query() parameters: Record<string, unknown>): Promise<object> {
    return { last_hour: (await this.overview.lastHour(ofMerchant(merchants, parameters))).map(present) };
  }

  /** How the last hour went with those whom sessions are authenticated by. */
  @Get('connectors')
  @AdminRoute('overview.read')
  async connectors(@Actor() { merchants }: AdminActor, @Query() parameters: Record<string, unknown>): Promise<object> {
    const connectors = await this.overview.connectorsInLastHour(ofMerchant(merchants, parameters));
    return { last_hour: connectors.map(presentConnector) };
  }
}

const presentConnector = (health: ConnectorHealth): object => ({
  environment: health.environment,
  connector: health.connector,
  calls: health.calls,
  failed: health.failed,
  error_rate: rateOf(health.failed, health.calls),
  p50_ms: health.p50Ms,
  p95_ms: health.p95Ms,
  p50_ms_per_minute: health.p50PerMinute,
});

const present = (hour: HourOfSessions): object => ({
  environment: hour.environment,
  sessions: hour.sessions,
  per_minute: hour.minutes.map(({ sessions }) => sessions),
  submitted_per_minute: hour.minutes.map(({ submitted }) => submitted),
  submitted_for_authentication_per_minute: hour.minutes.map((minute) => minute.submittedForAuthentication),
  authenticated_per_minute: hour.minutes.map(({ approved, attempted }) => approved + attempted),
  answered_per_minute: hour.minutes.map(({ frictionless, challengeRequested }) => frictionless + challengeRequested),
  frictionless_per_minute: hour.minutes.map(({ frictionless }) => frictionless),
  submitted: hour.submitted,
  submitted_for_authentication: hour.submittedForAuthentication,
  authentication_rate: rateOf(hour.approved + hour.attempted, hour.submittedForAuthentication),
  frictionless: hour.frictionless,
  challenge_requested: hour.challengeRequested,
  past_deadline: hour.pastDeadline,
  frictionless_rate: rateOf(hour.frictionless, hour.frictionless + hour.challengeRequested),
});
