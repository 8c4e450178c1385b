import type { AuthenticationConnector, Capability, DeviceData, Source } from '@app/authentication-port';
import { NotImplemented } from '@app/kernel';

type Able = Pick<AuthenticationConnector, 'supports'>;

/** A capability that a request can ask for by what it holds. */
export type Need = Exclude<Capability, 'decoupled'>;

/** What a device asks of a connector. */
const OF_DEVICE = {
  browser: 'browser',
  app: 'app',
  merchant_initiated: 'threeRI',
} as const satisfies Record<DeviceData['channel'], Need>;

/** What a source asks of a connector: a number, or a name that the connector's own upstream gave. */
const OF_SOURCE: Record<Source['kind'], readonly Need[]> = {
  card: [],
  network_token: [],
  id: ['instrumentPassThrough'],
  token: ['instrumentPassThrough'],
};

/** What the connector of a request must be able to do, as far as the request tells by now. */
export function needsOf(request: { device: Pick<DeviceData, 'channel'> | null; source: Pick<Source, 'kind'> }): Need[] {
  const { device, source } = request;
  return [...OF_SOURCE[source.kind], ...(device === null ? [] : [OF_DEVICE[device.channel]])];
}

/** Whether a connector carries devices of this channel: asked of a guess, too, while no device data are there. */
export function carries(connector: Able, channel: DeviceData['channel']): boolean {
  return connector.supports.has(OF_DEVICE[channel]);
}

/** Whether a connector can do all of it. */
export function meets(connector: Able, needs: readonly Need[]): boolean {
  return needs.every((need) => connector.supports.has(need));
}

/** @throws NotImplemented for the first need that the connector does not meet */
export function assertMeets(connector: Able, needs: readonly Need[]): void {
  const unmet = needs.find((need) => !connector.supports.has(need));
  if (unmet === undefined) return;
  switch (unmet) {
    case 'instrumentPassThrough':
      throw new NotImplemented('source');
    case 'threeRI':
      throw new NotImplemented('merchant_initiated');
    case 'app':
      throw new NotImplemented('app');
    case 'browser':
      throw new NotImplemented('browser');
  }
}
