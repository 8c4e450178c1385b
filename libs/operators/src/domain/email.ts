/** Two spellings of one address are one person: without space around it, in lower case. */
export function normalEmail(text: string): string {
  return text.trim().normalize('NFC').toLowerCase();
}

/** Whether text (in its normal form) is an e-mail address that a person can have (RFC 5321 section 4.5.3.1 for the length). */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@"<>()[\]\\,;:]+@[^\s@"<>()[\]\\,;:]+$/u.test(text) && !/\p{C}/u.test(text);
}
