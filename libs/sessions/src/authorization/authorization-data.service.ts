import { encodeId, NotAllowed, NotFound, type Clock } from '@app/kernel';
import { AccessLog, CLOCK } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AuthenticationValues } from '../authentication-values';
import { actorName, assertScope, type Caller } from '../caller';
import { SessionRepository } from '../persistence/session.repository';
import { assertAuthorizable, dataExpired } from './authorizable';
import { authorizationData } from './authorization-data';
import type { Json } from './shape';

/** Hands an authentication result out for authorization, and notes who got it. */
@Injectable()
export class AuthorizationDataService {
  constructor(
    private readonly repository: SessionRepository,
    private readonly values: AuthenticationValues,
    @Inject(AccessLog) private readonly accessLog: Pick<AccessLog, 'record'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The result of a session in the shapes of payment APIs. Nothing is given that was not noted first.
   * @throws NotFound for another merchant's session, NotAllowed (session secret, scope, `assertAuthorizable`)
   */
  async read(caller: Caller, id: string): Promise<Json> {
    if (caller.kind !== 'token') {
      throw new NotAllowed('operation_not_allowed_for_session_secret', 'Authorization data need an access token');
    }
    const { actor } = caller;
    const session = await this.repository.findOfMerchant(id, actor.merchantId, actor.environment);
    if (!session) throw new NotFound('session');
    assertScope(actor, session.scopeChannel);
    const at = this.clock.now();
    assertAuthorizable(session, at);
    const value = await this.values.open(session);
    if (value === null && session.attempt.authenticationValueSealed !== null) throw dataExpired();
    await this.accessLog.record({
      at,
      merchantId: session.merchantId,
      actor: `access_key:${actorName(caller)}`,
      act: 'authorization_data.read',
      subject: encodeId('session', session.id),
      data: { withAuthenticationValue: value !== null },
    });
    return authorizationData(session, value);
  }
}
