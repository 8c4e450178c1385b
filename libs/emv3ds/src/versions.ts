/** Protocol versions: which exist, which this product speaks, and how they compare (emv-3ds.md section 5.3). */

/** A version on the wire, `major.minor.patch`. */
export type ProtocolVersion = '2.1.0' | '2.2.0' | '2.3.1';

/** Every version that the field tables describe, oldest first. */
export const PROTOCOL_VERSIONS = ['2.1.0', '2.2.0', '2.3.1'] as const satisfies readonly ProtocolVersion[];

/** The versions that this release of the product speaks. */
export const SUPPORTED_VERSIONS: readonly ProtocolVersion[] = ['2.2.0'];

const SHAPE = /^\d{1,2}(\.\d{1,2}){2}$/;

/** Tells whether `text` is written as a version is: three numbers with points between. */
export function isVersionText(text: string): boolean {
  return SHAPE.test(text);
}

/** Orders two version texts numerically, part by part: negative when `left` is the older one. */
export function compareVersions(left: string, right: string): number {
  const leftParts = left.split('.');
  const rightParts = right.split('.');
  for (let index = 0; index < 3; index++) {
    const difference = Number(leftParts[index] ?? 0) - Number(rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
