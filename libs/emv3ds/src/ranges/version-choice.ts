/** Which protocol version to speak for a card (emv-3ds.md section 5.3). */
import { compareVersions, isVersionText, type ProtocolVersion } from '../versions';
import type { CardRange } from './card-range';

/**
 * The highest version of `ours` that the range's ACS and the directory server (the range's own bounds, else
 * `dsDefault`) both have; null when there is none. Bounds compare numerically, so ones that we do not know do no harm;
 * a bound that is no version binds nothing.
 */
export function chooseVersion(
  ours: readonly ProtocolVersion[],
  range: CardRange,
  dsDefault: { dsStart?: string | undefined; dsEnd?: string | undefined } = {},
): ProtocolVersion | null {
  const common = ours.filter(
    (version) =>
      isWithin(version, range.acsStart, range.acsEnd) &&
      isWithin(version, range.dsStart ?? dsDefault.dsStart, range.dsEnd ?? dsDefault.dsEnd),
  );
  return common.toSorted(compareVersions).at(-1) ?? null;
}

function isWithin(version: string, from: string | undefined, to: string | undefined): boolean {
  const isHighEnough = from === undefined || !isVersionText(from) || compareVersions(version, from) >= 0;
  const isLowEnough = to === undefined || !isVersionText(to) || compareVersions(version, to) <= 0;
  return isHighEnough && isLowEnough;
}
