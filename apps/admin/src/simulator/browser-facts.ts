import type { Schemas } from '../api/admin-api';

/** What a page can tell of the browser that it is in, as an authentication asks for it. */
export function browserFacts(): NonNullable<Schemas['TestSession']['browser']> {
  const { colorDepth, height, width } = window.screen;
  return {
    java_enabled: false,
    language: navigator.language.slice(0, 8),
    color_depth: String(colorDepth),
    screen_height: String(height),
    screen_width: String(width),
    timezone: String(new Date().getTimezoneOffset()),
  };
}
