/** Which protocol version to speak for a card (emv-3ds.md section 5.3). */
import type { ProtocolVersion } from '../versions';
import type { CardRange } from './card-range';

/**
 * The highest version of `ours` that the range's ACS and the directory server (the range's own bounds, else
 * `dsDefault`) both have; null when there is none. Bounds compare numerically; unknown ones do no harm.
 */
export function chooseVersion(
  _ours: readonly ProtocolVersion[],
  _range: CardRange,
  _dsDefault: { dsStart?: string; dsEnd?: string },
): ProtocolVersion | null {
  throw new Error('chooseVersion is not written yet');
}
