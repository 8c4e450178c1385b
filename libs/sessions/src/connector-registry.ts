import { AUTHENTICATION_CONNECTORS, type AuthenticationConnector } from '@app/authentication-port';
import { chooseRoute, type Channel, type RouteQuestion } from '@app/credentials';
import { NotAllowed } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { assertMeets, carries, meets, type Need } from './domain/needs';
import type { RouteCandidate } from './domain/route-plan';

/** A connector that a session may be tried at. */
export type Candidate = RouteCandidate<AuthenticationConnector>;

/** The connectors that the server bound, found by a channel's route or by the id that an attempt was started with. */
@Injectable()
export class ConnectorRegistry {
  private readonly byId: ReadonlyMap<string, AuthenticationConnector>;

  constructor(@Inject(AUTHENTICATION_CONNECTORS) connectors: readonly AuthenticationConnector[]) {
    this.byId = new Map(connectors.map((connector) => [connector.id, connector]));
  }

  /**
   * The connectors of the channel's route for this session, in the order in which to try them: those that can do what
   * the request needs, and of them first those that say that they are well. At least one.
   * @throws NotAllowed when the route has none for it, NotImplemented or InvalidRequest when none of it can
   */
  candidates(channel: Channel, question: RouteQuestion, needs: readonly Need[]): Candidate[] {
    const bound = chooseRoute(channel.route, question).flatMap((id) => this.byId.get(id) ?? []);
    const [first] = bound;
    if (!first) throw new NotAllowed('processing_channel_disabled', 'The channel has no connector');
    const able = bound.filter((connector) => meets(connector, needs));
    if (able.length === 0) assertMeets(first, needs);
    // Without device data the flow is a guess: a connector that could not go on with it is taken only where all are so.
    const likely = able.filter((connector) => carries(connector, question.flow));
    const { merchantId, environment } = channel;
    const candidates = (likely.length > 0 ? likely : able).map((connector) => ({
      connector,
      isHealthy: connector.isHealthy?.({ merchantId, environment }) ?? true,
    }));
    return [...candidates.filter(({ isHealthy }) => isHealthy), ...candidates.filter(({ isHealthy }) => !isHealthy)];
  }

  /** The connector that an attempt was started with. */
  get(id: string): AuthenticationConnector {
    const connector = this.byId.get(id);
    if (!connector) throw new Error(`No connector ${id} is bound`);
    return connector;
  }

  /** Whether a connector can be asked what became of a session. One that is gone cannot. */
  inquires(id: string): boolean {
    return this.byId.get(id)?.inquires ?? false;
  }
}
