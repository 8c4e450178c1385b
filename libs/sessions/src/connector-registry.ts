import { AUTHENTICATION_CONNECTORS, type AuthenticationConnector } from '@app/authentication-port';
import type { Channel } from '@app/credentials';
import { NotAllowed } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { assertMeets, meets, type Need } from './domain/needs';

/** The connectors that the server bound, found by a channel's route or by the id that an attempt was started with. */
@Injectable()
export class ConnectorRegistry {
  private readonly byId: ReadonlyMap<string, AuthenticationConnector>;

  constructor(@Inject(AUTHENTICATION_CONNECTORS) connectors: readonly AuthenticationConnector[]) {
    this.byId = new Map(connectors.map((connector) => [connector.id, connector]));
  }

  /**
   * The first connector of the channel's route that can do what the request needs.
   * @throws NotAllowed when none of the route is bound, NotImplemented when none can
   */
  forChannel(channel: Channel, needs: readonly Need[]): AuthenticationConnector {
    const bound = channel.connectors.flatMap((id) => this.byId.get(id) ?? []);
    const [first] = bound;
    if (!first) throw new NotAllowed('processing_channel_disabled', 'The channel has no connector');
    const able = bound.find((connector) => meets(connector, needs));
    if (!able) assertMeets(first, needs);
    return able ?? first;
  }

  /** The connector that an attempt was started with. */
  get(id: string): AuthenticationConnector {
    const connector = this.byId.get(id);
    if (!connector) throw new Error(`No connector ${id} is bound`);
    return connector;
  }
}
