import type { Capability, DeviceData, Source } from '@app/authentication-port';
import { aDevice, anApp, MERCHANT_INITIATED } from '../testing/sessions';
import { assertMeets, meets, needsOf, type Need } from './needs';

const supporting = (...capabilities: Capability[]): { supports: ReadonlySet<Capability> } => ({
  supports: new Set(capabilities),
});

describe('what a request needs', () => {
  it.each<[Source['kind'], DeviceData | null, Need[]]>([
    ['card', null, []],
    ['card', aDevice(), ['browser']],
    ['network_token', aDevice(), ['browser']],
    ['card', anApp(), ['app']],
    ['card', MERCHANT_INITIATED, ['threeRI']],
    ['id', null, ['foreignInstrument']],
    ['token', aDevice(), ['foreignToken', 'browser']],
    ['id', MERCHANT_INITIATED, ['foreignInstrument', 'threeRI']],
  ])('with a %s at %j', (kind, device, needs) => {
    expect(needsOf({ source: { kind }, device })).toEqual(needs);
  });
});

describe('a connector', () => {
  it('meets what it supports, and nothing is what every one meets', () => {
    expect(meets(supporting('browser', 'app'), ['app'])).toBe(true);
    expect(meets(supporting('browser'), ['browser', 'app'])).toBe(false);
    expect(meets(supporting(), [])).toBe(true);
    expect(meets(supporting('instrumentPassThrough'), ['foreignToken', 'foreignInstrument'])).toBe(true);
    expect(() => assertMeets(supporting('browser', 'app'), ['browser', 'app'])).not.toThrow();
  });

  it.each([
    ['foreignToken', 'invalid_request', 'invalid_token'],
    ['foreignInstrument', 'invalid_request', 'error_getting_instrument'],
    ['threeRI', 'not_implemented', 'merchant_initiated_not_supported'],
    ['app', 'not_implemented', 'app_not_supported'],
    ['browser', 'not_implemented', 'browser_not_supported'],
  ] as const)('that lacks %s is refused as %s: %s', (need, kind, code) => {
    expect(() => assertMeets(supporting(), [need])).toThrow(expect.objectContaining({ kind, codes: [code] }) as Error);
  });

  it('that lacks two things is told of the source first, as ever', () => {
    const needs = needsOf({ source: { kind: 'id' }, device: anApp() });

    expect(() => assertMeets(supporting('browser'), needs)).toThrow(
      expect.objectContaining({ codes: ['error_getting_instrument'] }) as Error,
    );
  });
});
