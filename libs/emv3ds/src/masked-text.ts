/** What somebody else wrote may hold a card number: codes and names of elements never look like one. */

/** As long as a card number, also in groups. */
const LONG_NUMBER = /\d(?:[ -]?\d){12,}/g;

/** The longest description and detail that the specification allows. */
const MAX_LENGTH = 2048;

/** Text of an error as it may be kept, shown and sent on: long numbers masked, at most 2048 characters. */
export function maskedText(text: string): string {
  // Cut last: half a number at the end would no longer be seen as one.
  return text.replace(LONG_NUMBER, '[masked]').slice(0, MAX_LENGTH);
}
