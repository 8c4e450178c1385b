/** The upstream's validation codes in the words of our own contract (choices, "validation codes"). Pure. */

const SUFFIX = /^(.+)_(required|invalid)$/;

/** Spellings of fields that are not documented and have been seen, or are likely. */
const FIELDS: Readonly<Record<string, string>> = {
  number: 'source_number',
  card_number: 'source_number',
  source_card_number: 'source_number',
  expiry_month: 'source_expiry_month',
  card_expiry_month: 'source_expiry_month',
  expiry_year: 'source_expiry_year',
  card_expiry_year: 'source_expiry_year',
  token: 'source_token',
  source_id: 'source_id',
};

/** Fields that we fill in, never the merchant: a complaint about them is for whoever runs the account. */
const OURS: readonly string[] = ['completion', 'reference', 'processing_channel_id'];

/** `oursOnly`: nothing that the merchant sent is at fault. */
export function toOurCodes(codes: readonly string[]): { codes: readonly string[]; oursOnly: boolean } {
  const theirs = codes.filter((code) => !OURS.some((field) => code === field || code.startsWith(`${field}_`)));
  if (theirs.length === 0 && codes.length > 0) return { codes: [], oursOnly: true };
  return { codes: theirs.length === 0 ? ['request_invalid'] : [...new Set(theirs.map(toOurCode))], oursOnly: false };
}

function toOurCode(code: string): string {
  const [, field = '', fault] = SUFFIX.exec(code) ?? [];
  const ours = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  return ours === undefined ? code : `${ours}_${fault}`;
}
