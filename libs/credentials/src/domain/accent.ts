/** A merchant's colour on a page of ours, so that it can be read in the light and in the dark. Pure. */

/** A ground and what is written on it, both `#rrggbb`. */
export interface Shade {
  readonly ground: string;
  readonly ink: string;
}

/** The same colour for readers who prefer light pages, and for those who prefer dark ones. */
export interface AccentShades {
  readonly light: Shade;
  readonly dark: Shade;
}

/** What a button of that colour lies on (`--surface` of the hosted page). */
export const SURFACES = { light: '#ffffff', dark: '#1a1d25' } as const;

type Colour = readonly [red: number, green: number, blue: number];

const BLACK = '#000000';
const WHITE = '#ffffff';

/** WCAG 2.2, 1.4.3 and 1.4.11. */
const TEXT_CONTRAST = 4.5;
const SHAPE_CONTRAST = 3;
/** How far a colour moves at a time, of the way to black or white. */
const STEP = 0.04;

/** True for `#rrggbb`. */
export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/**
 * What becomes of `accent` (`#rrggbb`): moved towards black on light pages and towards white on dark ones until its shape can be told from
 * the page (3 to 1), with white text where that reads (4.5 to 1), else black, which then does. Every colour ends well.
 */
export function accentShades(accent: string): AccentShades {
  return {
    light: shadeOn(SURFACES.light, accent, BLACK),
    dark: shadeOn(SURFACES.dark, accent, WHITE),
  };
}

/** Contrast of two colours (`#rrggbb`), from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function shadeOn(surface: string, accent: string, away: string): Shade {
  let ground = accent.toLowerCase();
  for (let way = STEP; contrast(ground, surface) < SHAPE_CONTRAST; way += STEP) ground = mixed(accent, away, way);
  return { ground, ink: contrast(ground, WHITE) >= TEXT_CONTRAST ? WHITE : BLACK };
}

function mixed(one: string, other: string, share: number): string {
  const [from, to] = [parse(one), parse(other)];
  return `#${from.map((part, index) => hex(part + ((to[index] ?? part) - part) * share)).join('')}`;
}

const hex = (part: number): string => Math.round(part).toString(16).padStart(2, '0');

function luminance(colour: string): number {
  const [red, green, blue] = parse(colour).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parse(colour: string): Colour {
  const part = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}
