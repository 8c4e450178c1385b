import { Actor, AdminRoute, type AdminActor } from '@app/platform';
import { Controller, Get } from '@nestjs/common';
import { Overview } from '../admin/overview.service';
import { rateOf, type HourOfSessions } from '../admin/session-figures';

/** The first screen of the console. */
@Controller('admin/api/overview')
export class AdminOverviewController {
  constructor(private readonly overview: Overview) {}

  @Get()
  @AdminRoute('overview.read')
  async show(@Actor() actor: AdminActor): Promise<object> {
    return { last_hour: (await this.overview.lastHour(actor)).map(present) };
  }
}

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
  frictionless_rate: rateOf(hour.frictionless, hour.frictionless + hour.challengeRequested),
});
