import { Actor, AdminRoute, readBody, type AdminActor } from '@app/platform';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  DirectoryServerActs,
  wireIdOf,
  type CountedServer,
  type LookedUp,
} from '../admin/directory-server-acts.service';
import { LookUpDto, RefreshDto } from './admin-directory-servers.dto';

/** Directory servers and their card ranges, for operators. */
@Controller('admin/api/directory-servers')
export class AdminDirectoryServersController {
  constructor(private readonly acts: DirectoryServerActs) {}

  /** All of them: there are as many as schemes. */
  @Get()
  @AdminRoute('directory_servers.read')
  async list(): Promise<object> {
    return { data: (await this.acts.list()).map(present), next: null, prev: null };
  }

  @Post(':id/refresh')
  @HttpCode(200)
  @AdminRoute('directory_servers.act', { ofAllMerchants: true })
  async refresh(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { reason = null } = readBody(RefreshDto, body ?? {});
    return present(await this.acts.refresh(actor, id, reason));
  }

  /** A number is never part of an address. */
  @Post('look-up')
  @HttpCode(200)
  @AdminRoute('directory_servers.read')
  lookUp(@Body() body: unknown): object {
    const { environment, number } = readBody(LookUpDto, body);
    return { found: this.acts.lookUp(environment, number).map(presentFound) };
  }
}

const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const present = (server: CountedServer): object => ({
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
