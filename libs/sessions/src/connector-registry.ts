import { AUTHENTICATION_CONNECTORS, type AuthenticationConnector } from '@app/authentication-port';
import type { Channel } from '@app/credentials';
import { NotAllowed } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';

/** The connectors that the server bound, found by a channel's route or by the id that an attempt was started with. */
@Injectable()
export class ConnectorRegistry {
  private readonly byId: ReadonlyMap<string, AuthenticationConnector>;

  constructor(@Inject(AUTHENTICATION_CONNECTORS) connectors: readonly AuthenticationConnector[]) {
    this.byId = new Map(connectors.map((connector) => [connector.id, connector]));
  }

  /** The first connector of the channel's route. @throws NotAllowed when none of it is bound */
  forChannel(channel: Channel): AuthenticationConnector {
    for (const id of channel.connectors) {
      const connector = this.byId.get(id);
      if (connector) return connector;
    }
    throw new NotAllowed('processing_channel_disabled', 'The channel has no connector');
  }

  /** The connector that an attempt was started with. */
  get(id: string): AuthenticationConnector {
    const connector = this.byId.get(id);
    if (!connector) throw new Error(`No connector ${id} is bound`);
    return connector;
  }
}
