import {
  aDevice,
  anApp,
  aFinalSession,
  aProcessingSession,
  MERCHANT_INITIATED,
  RETURN_URLS,
} from '../testing/sessions';
import { hasMethod, keptDevice, scopeOf, scopeToOpen } from './device';

describe('a device', () => {
  it('runs a 3DS Method where it is a browser, or may be one', () => {
    expect([null, aDevice(), anApp(), MERCHANT_INITIATED].map(hasMethod)).toEqual([true, true, false, false]);
  });

  it('is scoped for by its channel; where there is none, any scope will do', () => {
    expect([aDevice(), anApp(), MERCHANT_INITIATED].map(scopeOf)).toEqual(['browser', 'app', null]);
  });
});

describe('the scope that opens a session', () => {
  it('is that of its device; of a hosted one whose device comes later the browser’s, of another one any', () => {
    const scopes = [aDevice(), anApp(), MERCHANT_INITIATED, null].map((device) => [
      scopeToOpen({ device, returnUrls: null }),
      scopeToOpen({ device, returnUrls: RETURN_URLS }),
    ]);

    expect(scopes).toEqual([
      ['browser', 'browser'],
      ['app', 'app'],
      [null, null],
      [null, 'browser'],
    ]);
  });
});

describe('what is kept of a device', () => {
  it('is all of it while the session is open', () => {
    expect(keptDevice(aProcessingSession({ device: anApp() }))).toEqual(anApp());
  });

  it('is all but what the SDK encrypted once the session is final', () => {
    const kept = keptDevice(aFinalSession('approved', {}, { device: anApp() }));

    expect(kept).toEqual({ channel: 'app', app: { ...anApp().app, sdkEncryptedData: '' } });
  });

  it('is all of a browser and of a request type, always', () => {
    for (const device of [aDevice(), MERCHANT_INITIATED, null]) {
      expect(keptDevice(aFinalSession('approved', {}, { device }))).toEqual(device);
    }
  });
});
