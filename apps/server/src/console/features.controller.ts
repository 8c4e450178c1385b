import { AdminRoute } from '@app/platform';
import { Controller, Get } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/** Parts of the admin API that the console has something for, by the resource that is listed or shown first. */
const PARTS = [
  'overview',
  'sessions',
  'jobs',
  'merchants',
  'channels',
  'acquirers',
  'access-keys',
  'public-keys',
  'connector-accounts',
  'tokens',
  'callbacks',
  'directory-servers',
  'reports',
  'simulator',
  'audit',
  'operators',
  'service-accounts',
  'system',
] as const;

/** Tells the console what this server has, so that it shows no screen without an API behind it. */
@Controller('admin/api/features')
export class FeaturesController {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Whatever has a route is there: nobody has to keep a list of what was built. */
  @Get()
  @AdminRoute('own_account.use')
  list(): { features: string[] } {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const has = (part: string): boolean => fastify.hasRoute({ method: 'GET', url: `/admin/api/${part}` });
    return { features: PARTS.filter(has) };
  }
}
