/** How a channel's pages look and speak. Pure. */
import type { PageLocale } from './page-locale';

/** What a merchant decided about the pages that its customers see; what is not decided has the page's own way. */
export interface Branding {
  /** As customers know the shop; null: the channel's name. */
  readonly displayName: string | null;
  /** `#rrggbb`; see `accentShades`. */
  readonly accent: string | null;
  /** For browsers that want none of the page's languages. */
  readonly locale: PageLocale | null;
  /** Origins of pages that may frame ours; nobody else may. */
  readonly frameAncestors: readonly string[];
  /** SHA-256 of the logo, in hexadecimal: its address ends so. */
  readonly logoHash: string | null;
}

export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;

export type LogoType = (typeof LOGO_TYPES)[number];

/** A logo as it is sent to browsers. */
export interface Logo {
  readonly hash: string;
  readonly type: LogoType;
  readonly bytes: Buffer;
}

export const MAX_LOGO_BYTES = 64 * 1024;

/** The first bytes of each kind, by their places; a name of a file proves nothing. No SVG: it is a document with scripts in it. */
const SIGNATURES: Readonly<Record<LogoType, readonly (readonly [at: number, bytes: readonly number[]])[]>> = {
  'image/png': [[0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]]],
  'image/jpeg': [[0, [0xff, 0xd8, 0xff]]],
  'image/webp': [
    [0, [0x52, 0x49, 0x46, 0x46]],
    [8, [0x57, 0x45, 0x42, 0x50]],
  ],
};

/** What kind of picture `bytes` are; null for none that a page shows. */
export function logoTypeOf(bytes: Uint8Array): LogoType | null {
  const isThere = ([at, expected]: readonly [number, readonly number[]]): boolean =>
    expected.every((byte, index) => bytes[at + index] === byte);
  return LOGO_TYPES.find((type) => SIGNATURES[type].every(isThere)) ?? null;
}
