import type { AuthenticationConnector, Capability, DeviceData, Source } from '@app/authentication-port';
import { NotImplemented } from '@app/kernel';
import { instrumentUnknown, tokenInvalid } from '../sessions.errors';

type Able = Pick<AuthenticationConnector, 'supports'>;

/** What a request can ask of a connector by what it holds; a foreign card is one that only an upstream knows. */
export type Need = keyof typeof CAPABILITIES;

const CAPABILITIES = {
  browser: 'browser',
  app: 'app',
  threeRI: 'threeRI',
  foreignToken: 'instrumentPassThrough',
  foreignInstrument: 'instrumentPassThrough',
} as const satisfies Record<string, Capability>;

/** What a device asks of a connector. */
const OF_DEVICE = {
  browser: 'browser',
  app: 'app',
  merchant_initiated: 'threeRI',
} as const satisfies Record<DeviceData['channel'], Need>;

/** What a source asks of a connector: a number, or a name that the connector's own upstream gave. Ours are numbers by now. */
const OF_SOURCE: Record<Source['kind'], readonly Need[]> = {
  card: [],
  network_token: [],
  id: ['foreignInstrument'],
  token: ['foreignToken'],
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
  return needs.every((need) => connector.supports.has(CAPABILITIES[need]));
}

/** @throws NotImplemented, or InvalidRequest for a foreign card, for the first need that the connector does not meet */
export function assertMeets(connector: Able, needs: readonly Need[]): void {
  const unmet = needs.find((need) => !meets(connector, [need]));
  if (unmet === undefined) return;
  switch (unmet) {
    case 'foreignToken':
      throw tokenInvalid();
    case 'foreignInstrument':
      throw instrumentUnknown();
    case 'threeRI':
      throw new NotImplemented('merchant_initiated');
    case 'app':
      throw new NotImplemented('app');
    case 'browser':
      throw new NotImplemented('browser');
  }
}
