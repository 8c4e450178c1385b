/** Reads the value lists of the field table: `01 payment`, `05 (2.2.0+)`, `80-99 DS use`, `01-21 in 2.1.0, …`. */
import { compareVersions, type ProtocolVersion } from '../versions';

const ENTRY = /^([^\s-]+)(?:-([^\s-]+))?(?=\s|$)/;
const ANNOTATION = /\((\d\.\d\.\d(?:\/\d\.\d\.\d)*)(\+?)[,)]/;
const PER_VERSION = / in (\d\.\d\.\d)$/;

/**
 * The codes that `entries` allow in `version`. Entries name a code or a span of codes, with an optional explanation and
 * an optional version: `(2.3.1)` for that one, `(2.2.0+)` from that one on, ` in 2.2.0` for a span of one version.
 */
export function allowedValues(entries: readonly string[], version: ProtocolVersion): ReadonlySet<string> {
  const parts = entries.flatMap((entry) => (/ in \d\.\d\.\d/.test(entry) ? entry.split(', ') : [entry]));
  return new Set(parts.filter((entry) => applies(entry, version)).flatMap(codesOf));
}

function applies(entry: string, version: ProtocolVersion): boolean {
  const only = PER_VERSION.exec(entry);
  if (only !== null) return only[1] === version;
  const annotation = ANNOTATION.exec(entry);
  if (annotation === null) return true;
  const [, versions = '', andLater] = annotation;
  return andLater === '+' ? compareVersions(version, versions) >= 0 : versions.split('/').includes(version);
}

function codesOf(entry: string): string[] {
  const match = ENTRY.exec(entry);
  const first = match?.[1];
  if (first === undefined) return [];
  const last = match?.[2];
  if (last === undefined) return [first];
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, index) => String(Number(first) + index).padStart(first.length, '0'));
}
