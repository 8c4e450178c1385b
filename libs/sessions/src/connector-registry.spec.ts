import type { AuthenticationConnector, Capability } from '@app/authentication-port';
import type { Channel, Route, RouteQuestion } from '@app/credentials';
import { ConnectorRegistry } from './connector-registry';
import type { Need } from './domain/needs';

const bound = (id: string, ...supports: Capability[]): AuthenticationConnector =>
  ({ id, supports: new Set(supports) }) as unknown as AuthenticationConnector;
const IN_BROWSER: RouteQuestion = { currency: 'USD', amountMinor: 6540, flow: 'browser' };

let isWell: Record<string, boolean>;
const registry = new ConnectorRegistry([
  bound('native', 'browser'),
  { ...bound('upstream', 'browser', 'app', 'instrumentPassThrough'), isHealthy: () => isWell['upstream'] ?? true },
  bound('other', 'browser', 'app', 'threeRI'),
]);

beforeEach(() => void (isWell = {}));

/** The ids of the connectors that a channel with this route would try. */
function candidates(route: Route, needs: readonly Need[], question = IN_BROWSER): string[] {
  const channel = { route } as unknown as Channel;
  return registry.candidates(channel, question, needs).map(({ connector }) => connector.id);
}
const to = (...connectors: string[]): Route => connectors.map((connector) => ({ connector }));

describe('the connectors of a channel', () => {
  it('are those of its route that can do what is needed, in its order', () => {
    expect(candidates(to('native', 'upstream'), ['browser'])).toEqual(['native', 'upstream']);
    expect(candidates(to('native', 'upstream'), ['app'])).toEqual(['upstream']);
    expect(candidates(to('other', 'native', 'upstream'), ['app'])).toEqual(['other', 'upstream']);
    expect(candidates(to('native', 'other'), [])).toEqual(['native', 'other']);
  });

  it('must do all of it', () => {
    expect(candidates(to('native', 'other', 'upstream'), ['foreignToken', 'app'])).toEqual(['upstream']);
  });

  it('are those that carry the likely device while none is known, where any does', () => {
    const inApp = { ...IN_BROWSER, flow: 'app' } as const;

    expect(candidates(to('native', 'upstream', 'other'), [], inApp)).toEqual(['upstream', 'other']);
    expect(candidates(to('native'), [], inApp)).toEqual(['native']);
  });

  it('are none when no one can: 501, or 422 for a card that nobody knows', () => {
    expect(() => candidates(to('native', 'other'), ['foreignToken'])).toThrow(
      expect.objectContaining({ kind: 'invalid_request', codes: ['invalid_token'] }) as Error,
    );
    expect(() => candidates(to('native'), ['app'])).toThrow(
      expect.objectContaining({ kind: 'not_implemented', codes: ['app_not_supported'] }) as Error,
    );
    expect(() => candidates(to('upstream', 'other'), ['foreignInstrument', 'threeRI'])).toThrow(
      expect.objectContaining({ codes: ['merchant_initiated_not_supported'] }) as Error,
    );
  });

  it('are those that the route has for this session', () => {
    const route: Route = [{ connector: 'upstream', when: { flows: ['app'] } }, { connector: 'native' }];

    expect(candidates(route, ['browser'])).toEqual(['native']);
    expect(candidates(route, ['app'], { ...IN_BROWSER, flow: 'app' })).toEqual(['upstream']);
  });

  it('stand at the end while they say that they are not well', () => {
    isWell['upstream'] = false;

    expect(candidates(to('upstream', 'other', 'native'), [])).toEqual(['other', 'native', 'upstream']);
    expect(candidates(to('upstream'), [])).toEqual(['upstream']);
  });

  it('are bound here; a route to nobody is disabled, whatever is needed', () => {
    expect(candidates(to('gone', 'native'), [])).toEqual(['native']);
    expect(() => candidates(to('gone'), ['app'])).toThrow(
      expect.objectContaining({ codes: ['processing_channel_disabled'] }) as Error,
    );
  });
});
