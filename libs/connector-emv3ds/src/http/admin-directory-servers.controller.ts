import type { Clock } from '@app/kernel';
import { Actor, AdminRoute, CLOCK, readBody, type AdminActor } from '@app/platform';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  DirectoryServerActs,
  wireIdOf,
  type CountedServer,
  type LookedUp,
} from '../admin/directory-server-acts.service';
import type { CallFigures, ServerCertificate } from '../health/server-health';
import { LookUpDto, RefreshDto } from './admin-directory-servers.dto';

/** Directory servers and their card ranges, for operators. */
@Controller('admin/api/directory-servers')
export class AdminDirectoryServersController {
  constructor(
    private readonly acts: DirectoryServerActs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All of them: there are as many as schemes. */
  @Get()
  @AdminRoute('directory_servers.read')
  async list(): Promise<object> {
    return { data: (await this.acts.list()).map((server) => this.present(server)), next: null, prev: null };
  }

  @Get(':id')
  @AdminRoute('directory_servers.read')
  async show(@Param('id') id: string): Promise<object> {
    return this.present(await this.acts.get(id));
  }

  @Post(':id/refresh')
  @HttpCode(200)
  @AdminRoute('directory_servers.act', { ofAllMerchants: true, once: 'answered' })
  async refresh(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { reason = null } = readBody(RefreshDto, body ?? {});
    return this.present(await this.acts.refresh(actor, id, reason));
  }

  /** A number is never part of an address. */
  @Post('look-up')
  @HttpCode(200)
  @AdminRoute('directory_servers.read', { once: 'harmless' })
  lookUp(@Body() body: unknown): object {
    const { environment, number } = readBody(LookUpDto, body);
    return { found: this.acts.lookUp(environment, number).map(presentFound) };
  }

  private present(server: CountedServer): object {
    const { certificate } = server;
    return {
      id: wireIdOf(server),
      environment: server.environment,
      directory_server: server.id,
      url: server.url,
      ds_start_version: server.dsStartVersion,
      ds_end_version: server.dsEndVersion,
      ranges: server.rangeCount,
      ranges_loaded_at: timeOf(server.rangesLoadedAt),
      last_attempt_at: timeOf(server.lastAttemptAt),
      next_attempt_at: timeOf(server.nextAttemptAt),
      last_error: server.lastError,
      last_hour: presentFigures(server.lastHour),
      last_day: presentFigures(server.lastDay),
      certificate: certificate && presentCertificate(certificate, this.clock.now()),
    };
  }
}

const DAY_MS = 86_400_000;

const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const presentFigures = (figures: CallFigures): object => ({
  calls: figures.calls,
  failed: figures.failed,
  error_rate: figures.errorRate,
  p50_ms: figures.p50Ms,
  p95_ms: figures.p95Ms,
});

const presentCertificate = (certificate: ServerCertificate, now: Date): object => ({
  subject: certificate.subject,
  issuer: certificate.issuer,
  not_before: timeOf(certificate.notBefore),
  not_after: timeOf(certificate.notAfter),
  days_left: Math.ceil((certificate.notAfter.getTime() - now.getTime()) / DAY_MS),
  seen_at: timeOf(certificate.seenAt),
});

const presentFound = ({ server, range }: LookedUp): object => ({
  id: wireIdOf(server),
  directory_server: server.id,
  range: range && {
    start: range.start,
    end: range.end,
    acs_start_version: range.acsStart,
    acs_end_version: range.acsEnd,
    method_url: range.methodUrl ?? null,
  },
});
