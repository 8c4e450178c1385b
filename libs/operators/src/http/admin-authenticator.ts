import { encodeId, NotAllowed, Unauthenticated } from '@app/kernel';
import {
  APP_CONFIG,
  type AdminActor,
  type AdminActors,
  type AdminAuthentication,
  type AppConfig,
  type Origin,
  type Permission,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Operator, ServiceAccount } from '../domain/operator';
import { permissionsOf } from '../domain/role-permissions';
import { isCsrfToken } from '../domain/session-secrets';
import { OperatorSessions } from '../operator-sessions.service';
import { OperatorsAdmin } from '../operators-admin.service';
import { ServiceAccounts } from '../service-accounts.service';
import { readSessionCookie } from './session-cookie';
import { Surroundings } from './surroundings';

const BEARER = /^bearer +(.+)$/i;
/** Methods that change nothing (RFC 9110 section 9.2.1). */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Whoever still has to set up a second factor can do that, and nothing else. */
const UNTIL_ENROLLED: ReadonlySet<Permission> = new Set(['own_account.use']);

/** Tells who calls the admin API, by cookie or bearer token, and what somebody who called it may still do later. */
@Injectable()
export class AdminAuthenticator implements AdminAuthentication, AdminActors {
  constructor(
    private readonly sessions: OperatorSessions,
    private readonly accounts: ServiceAccounts,
    private readonly operators: OperatorsAdmin,
    private readonly surroundings: Surroundings,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'demo'>,
  ) {}

  async authenticate(request: FastifyRequest): Promise<AdminActor> {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    return token === undefined ? this.byCookie(request) : this.byToken(request, token);
  }

  async find(kind: AdminActor['kind'], id: string, origin: Origin): Promise<AdminActor | null> {
    if (kind === 'service_account') {
      const account = await this.accounts.findActive(id);
      return account && programOf(account, origin);
    }
    const operator = await this.operators.findActive(id);
    // Whom the identity provider vouches for needs no factor of ours; whether it did, only the session knew.
    return operator && this.personOf(operator, { id: null, isVouched: operator.identity !== null }, origin);
  }

  /** Whether somebody must set up a second factor first. In demo mode nobody must. */
  mustEnrol({ permissions }: AdminActor): boolean {
    return permissions === UNTIL_ENROLLED;
  }

  private async byToken(request: FastifyRequest, token: string): Promise<AdminActor> {
    const account = await this.accounts.authenticate(token);
    return programOf(account, this.surroundings.originOf(request));
  }

  private async byCookie(request: FastifyRequest): Promise<AdminActor> {
    const secret = readSessionCookie(request, this.surroundings.isSecure);
    if (secret === null) throw new Unauthenticated();
    // What a page does by itself, such as refreshing a list, is nobody at the keyboard.
    const isActive = request.headers['x-background'] === undefined;
    const { session, operator } = await this.sessions.authenticate(secret, isActive);
    if (!SAFE.has(request.method)) assertCsrfToken(request, secret);
    return this.personOf(operator, session, this.surroundings.originOf(request));
  }

  private personOf(
    operator: Operator,
    { id: sessionId, isVouched }: { id: string | null; isVouched: boolean },
    origin: Origin,
  ): AdminActor {
    const lacksFactor = !operator.hasSecondFactor && !isVouched && !this.config.demo;
    return {
      kind: 'operator',
      id: operator.id,
      wireId: encodeId('operator', operator.id),
      name: operator.email,
      role: operator.role,
      permissions: lacksFactor ? UNTIL_ENROLLED : permissionsOf(operator.role),
      merchants: operator.merchants,
      origin,
      sessionId,
    };
  }
}

function programOf(account: ServiceAccount, origin: Origin): AdminActor {
  return {
    kind: 'service_account',
    id: account.id,
    wireId: encodeId('serviceAccount', account.id),
    name: account.name,
    role: account.role,
    permissions: permissionsOf(account.role),
    merchants: account.merchants,
    origin,
    sessionId: null,
  };
}

function assertCsrfToken({ headers }: FastifyRequest, secret: string): void {
  const token = headers['x-csrf-token'];
  if (typeof token !== 'string' || !isCsrfToken(secret, token)) {
    throw new NotAllowed('csrf_token_invalid', 'The CSRF token of the session is missing or wrong');
  }
}
