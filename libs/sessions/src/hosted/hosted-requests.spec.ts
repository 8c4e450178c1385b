import { CountersignError } from '@app/kernel';
import { readChallenge, readDevice, readLegs, readMethod, readView } from './hosted-requests';

const REQUEST = { acceptHeader: '*/*', userAgent: 'Mozilla/5.0', ipAddress: '192.0.2.1' };
const DEVICE = {
  java_enabled: false,
  language: 'en-GB',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '-60',
};
const BODY = { view: 'v', method_completion: 'Y', device: DEVICE };

function codesOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof CountersignError) return error.codes;
    throw error;
  }
}

describe('what a page posts', () => {
  it('is a device: script tells some of it, the request the rest', () => {
    expect(readDevice(BODY, REQUEST)).toEqual({
      view: 'v',
      completion: 'Y',
      device: {
        channel: 'browser',
        browser: {
          ...REQUEST,
          javaEnabled: false,
          javascriptEnabled: true,
          language: 'en-GB',
          colorDepth: '24',
          screenHeight: '1080',
          screenWidth: '1920',
          timezone: '-60',
        },
      },
    });
  });

  it('does not say what the request says', () => {
    const device = {
      ...DEVICE,
      ip_address: '198.51.100.1',
      user_agent: 'x',
      accept_header: 'y',
      javascript_enabled: false,
    };

    expect(readDevice({ ...BODY, device }, REQUEST)).toEqual(readDevice(BODY, REQUEST));
  });

  it.each<[unknown, string[]]>([
    [{ ...BODY, view: undefined }, ['view_required']],
    [{ ...BODY, view: 7 }, ['view_invalid']],
    [{ ...BODY, view: 'x'.repeat(65) }, ['view_invalid']],
    [{ ...BODY, method_completion: 'maybe' }, ['method_completion_invalid']],
    [{ ...BODY, device: { ...DEVICE, color_depth: 24 } }, ['device_color_depth_invalid']],
    [
      { ...BODY, device: { ...DEVICE, language: '<b>', timezone: 'x' } },
      ['device_language_invalid', 'device_timezone_invalid'],
    ],
    [
      { view: 'v', method_completion: 'Y', device: [] },
      [
        'device_language_required',
        'device_color_depth_required',
        'device_screen_height_required',
        'device_screen_width_required',
        'device_timezone_required',
      ],
    ],
    [null, ['body_malformed']],
    [[], ['body_malformed']],
  ])('is no device: %j', (body, codes) => {
    expect(codesOf(() => readDevice(body, REQUEST))).toEqual(codes);
  });

  it('is a view, a method, a window', () => {
    expect(readView({ view: 'v', more: 1 })).toEqual({ view: 'v' });
    expect(readMethod({ view: 'v', method_completion: 'N' })).toEqual({ view: 'v', completion: 'N' });
    expect(readChallenge({ view: 'v', window_size: '05' })).toEqual({ view: 'v', windowSize: '05' });
  });

  it.each<[() => unknown, string]>([
    [() => readView({}), 'view_required'],
    [() => readMethod({ view: 'v' }), 'method_completion_required'],
    [() => readChallenge({ view: 'v', window_size: '06' }), 'window_size_invalid'],
  ])('is neither: %#', (read, code) => {
    expect(codesOf(read)).toEqual([code]);
  });

  it('is times', () => {
    const legs = [
      { leg: 'page_shown', ms_ago: 0 },
      { leg: 'first_input', ms_ago: 86_400_000 },
    ];

    expect(readLegs({ legs })).toEqual([
      { leg: 'page_shown', msAgo: 0 },
      { leg: 'first_input', msAgo: 86_400_000 },
    ]);
  });

  it.each<[unknown, string[]]>([
    [{}, ['legs_required']],
    [{ legs: {} }, ['legs_invalid']],
    [{ legs: Array(11).fill({ leg: 'page_shown', ms_ago: 0 }) }, ['legs_invalid']],
    [{ legs: [7] }, ['legs_leg_required', 'legs_ms_ago_required']],
    [{ legs: [{ leg: 'mouse_moved', ms_ago: -1 }] }, ['legs_leg_invalid', 'legs_ms_ago_invalid']],
    [{ legs: [{ leg: 'page_shown', ms_ago: 1.5 }] }, ['legs_ms_ago_invalid']],
  ])('is no times: %j', (body, codes) => {
    expect(codesOf(() => readLegs(body))).toEqual(codes);
  });
});
