import { NotAllowed } from '@app/kernel';
import { PublicAddress, RateLimits } from '@app/platform';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashToken, LINK_TOKEN } from '../domain/hosted-link';
import { HostedAlerts } from './hosted-alerts';
import { HostedSessions } from './hosted-sessions.service';
import { commonHeaders } from './page-headers';
import { isOwnForm, isOwnScript } from './request-origin';

type HostedRequest = FastifyRequest<{ Params: { link?: string } }>;

/** What a form posts, in a browser without script. */
const FORMS = /\/(continue|leave)$/;

/**
 * In front of all that a cardholder's browser asks for: each link has its own rate, and what acts comes from our own page.
 * Whether there is such a link is for the route to say.
 */
@Injectable()
export class HostedGuard implements CanActivate {
  constructor(
    private readonly limits: RateLimits,
    private readonly address: PublicAddress,
    private readonly sessions: HostedSessions,
    private readonly alerts: HostedAlerts,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<HostedRequest>();
    void http.getResponse<FastifyReply>().headers(commonHeaders({ baseUrl: this.address.url }));
    const link = request.params.link ?? '';
    // Its hash, because the link itself stays nowhere; and none of what is no link.
    if (LINK_TOKEN.test(link)) this.limits.take('hosted', hashToken(link).toString('base64'));
    if (!this.isOurs(request)) await this.refuse(link, request);
    return true;
  }

  /** The page itself may be asked for from anywhere: a shop sends people there. */
  private isOurs({ headers, routeOptions }: HostedRequest): boolean {
    const route = routeOptions.url ?? '';
    if (route.endsWith('/:link')) return true;
    return (FORMS.test(route) ? isOwnForm : isOwnScript)(headers, this.address.url);
  }

  private async refuse(link: string, { headers }: HostedRequest): Promise<never> {
    const visit = await this.sessions.find(link);
    const origin = String(headers.origin ?? headers['sec-fetch-site'] ?? '').slice(0, 200);
    if (visit) this.alerts.raise('origin_refused', visit.session, { origin });
    throw new NotAllowed('origin_not_allowed', 'A page of another origin called');
  }
}
