import { decode } from '../kit/encoding';
import type { WindowSize } from '../kit/bank-frame';

/** What there is for the issuer's page, in CSS pixels. */
export interface Room {
  /** Laid out as on a phone: the issuer's page has all of it. */
  readonly isPhone: boolean;
  /** Of the place where the frame will stand. */
  readonly width: number;
  /** Of the window. */
  readonly height: number;
}

/** What stands above and below the frame, the ways out included. */
const AROUND = 340;

/** The desktop's sizes with the room that each needs, the best first. */
const CHOICES: readonly [size: WindowSize, width: number, height: number][] = [
  ['03', 500, 600 + AROUND],
  ['04', 600, 0],
  ['02', 390, 0],
];

/** The challenge window that fits (emv-3ds.md, `challengeWindowSize`); full screen where nothing else does. */
export function chooseWindowSize({ isPhone, width, height }: Room): WindowSize {
  if (isPhone) return '05';
  return CHOICES.find(([, needsWidth, needsHeight]) => width >= needsWidth && height >= needsHeight)?.[0] ?? '05';
}

/** The window that a CReq was made for; full screen where it names none. */
export function windowSizeIn(creq: string | undefined): WindowSize {
  const size = decode(creq ?? '')?.['challengeWindowSize'];
  return typeof size === 'string' && /^0[1-5]$/.test(size) ? (size as WindowSize) : '05';
}
