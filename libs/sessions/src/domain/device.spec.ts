import { aDevice, anApp, aFinalSession, aProcessingSession, MERCHANT_INITIATED } from '../testing/sessions';
import { hasMethod, keptDevice, scopeOf } from './device';

describe('a device', () => {
  it('runs a 3DS Method where it is a browser, or may be one', () => {
    expect([null, aDevice(), anApp(), MERCHANT_INITIATED].map(hasMethod)).toEqual([true, true, false, false]);
  });

  it('is scoped for by its channel; where there is none, any scope will do', () => {
    expect([aDevice(), anApp(), MERCHANT_INITIATED].map(scopeOf)).toEqual(['browser', 'app', null]);
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
