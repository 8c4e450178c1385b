/** The card schemes that this product authenticates (sessions-api.md section 6, `scheme`). */
export const SCHEMES = ['visa', 'mastercard', 'amex', 'cartes_bancaires', 'jcb', 'diners', 'discover'] as const;

export type Scheme = (typeof SCHEMES)[number];

/** The directory servers of those schemes: Diners and Discover share one (ProtectBuy). */
export const DIRECTORY_SERVERS = ['visa', 'mastercard', 'amex', 'cartes_bancaires', 'jcb', 'discover'] as const;

export type DirectoryServerId = (typeof DIRECTORY_SERVERS)[number];

/** Registered application provider identifiers, the directory server ids of EMV (emv-3ds.md section 3.5). */
export const DIRECTORY_SERVER_RID: Record<DirectoryServerId, string> = {
  visa: 'A000000003',
  mastercard: 'A000000004',
  amex: 'A000000025',
  cartes_bancaires: 'A000000042',
  jcb: 'A000000065',
  discover: 'A000000152',
};

/** The directory server that speaks for a scheme. */
export function directoryServerOf(scheme: Scheme): DirectoryServerId {
  return scheme === 'diners' ? 'discover' : scheme;
}

/** Inclusive ranges of leading digits, longest prefix first where they touch. Public ISO/IEC 7812 allocations. */
const ISSUER_RANGES: ReadonlyArray<readonly [from: string, to: string, scheme: Scheme]> = [
  ['6011', '6011', 'discover'],
  ['644', '649', 'discover'],
  ['65', '65', 'discover'],
  ['3528', '3589', 'jcb'],
  ['34', '34', 'amex'],
  ['37', '37', 'amex'],
  ['300', '305', 'diners'],
  ['3095', '3095', 'diners'],
  ['36', '36', 'diners'],
  ['38', '39', 'diners'],
  ['51', '55', 'mastercard'],
  ['2221', '2720', 'mastercard'],
  ['4', '4', 'visa'],
];

/**
 * The scheme whose international range holds a number that starts with `digits` (at least 4), or null. Cartes Bancaires
 * has no range of its own: its cards are co-badged, and only its directory server's ranges tell them.
 */
export function schemeOfDigits(digits: string): Scheme | null {
  const found = ISSUER_RANGES.find(([from, to]) => {
    const head = digits.slice(0, from.length);
    return head >= from && head <= to;
  });
  return found ? found[2] : null;
}
