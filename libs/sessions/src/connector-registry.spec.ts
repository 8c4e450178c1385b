import type { AuthenticationConnector, Capability } from '@app/authentication-port';
import type { Channel } from '@app/credentials';
import { ConnectorRegistry } from './connector-registry';

const bound = (id: string, ...supports: Capability[]): AuthenticationConnector =>
  ({ id, supports: new Set(supports) }) as unknown as AuthenticationConnector;
const channelTo = (...connectors: string[]): Channel => ({ connectors }) as unknown as Channel;

const registry = new ConnectorRegistry([
  bound('native', 'browser'),
  bound('upstream', 'browser', 'app', 'instrumentPassThrough'),
  bound('other', 'browser', 'app', 'threeRI'),
]);

describe('the connector of a channel', () => {
  it('is the first of its route that can do what is needed', () => {
    expect(registry.forChannel(channelTo('native', 'upstream'), ['browser']).id).toBe('native');
    expect(registry.forChannel(channelTo('native', 'upstream'), ['app']).id).toBe('upstream');
    expect(registry.forChannel(channelTo('other', 'upstream'), ['app']).id).toBe('other');
    expect(registry.forChannel(channelTo('native', 'other', 'upstream'), []).id).toBe('native');
  });

  it('must do all of it', () => {
    expect(registry.forChannel(channelTo('other', 'upstream'), ['instrumentPassThrough', 'app']).id).toBe('upstream');
  });

  it('is none of the route’s when no one can: 501', () => {
    expect(() => registry.forChannel(channelTo('native'), ['app'])).toThrow(
      expect.objectContaining({ kind: 'not_implemented', codes: ['app_not_supported'] }) as Error,
    );
    expect(() => registry.forChannel(channelTo('upstream', 'other'), ['instrumentPassThrough', 'threeRI'])).toThrow(
      expect.objectContaining({ codes: ['merchant_initiated_not_supported'] }) as Error,
    );
  });

  it('is bound here; a route to nobody is disabled, whatever is needed', () => {
    expect(registry.forChannel(channelTo('gone', 'native'), []).id).toBe('native');
    expect(() => registry.forChannel(channelTo('gone'), ['app'])).toThrow(
      expect.objectContaining({ codes: ['processing_channel_disabled'] }) as Error,
    );
  });
});
