import type { BrowserData, BrowserFacts } from './types';

/** The depths that EMV 3-D Secure knows before 2.3.1 (browserColorDepth). */
const DEPTHS = [48, 32, 24, 16, 15, 8, 4, 1];

/**
 * What script can tell about this browser, for `channel_data` or `collect-data`. Your server adds `ip_address` and
 * `accept_header` from the request that brings it.
 */
export function collectBrowserData(): BrowserData {
  return {
    channel: 'browser',
    ...browserFacts(),
    javascript_enabled: true,
    user_agent: navigator.userAgent.slice(0, 2048),
  };
}

/** What only script can tell. */
export function browserFacts(): BrowserFacts {
  const { javaEnabled } = navigator as { javaEnabled?: () => boolean };
  return {
    java_enabled: javaEnabled ? javaEnabled.call(navigator) : false,
    language: (navigator.language || 'en').slice(0, 12),
    // A browser that says 30 is sent as the next lower one.
    color_depth: String(DEPTHS.find((depth) => depth <= screen.colorDepth) ?? 24),
    screen_height: String(screen.height),
    screen_width: String(screen.width),
    timezone: String(new Date().getTimezoneOffset()),
  };
}
