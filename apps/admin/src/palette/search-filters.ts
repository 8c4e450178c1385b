import { cardIn, isUuid, mayBecomeNumber, mayHoldNumber } from '../format/card-number';
import type { ListFilter } from '../providers/list-query';

/** Less finds everything. */
export const MIN_LENGTH = 3;
/** Longer references and names nobody has given. */
const MAX_LENGTH = 100;

/**
 * What somebody can have meant by a text, as filters of the list of sessions: each is answered off an index of its own. A card
 * number is never asked for, only its ends; and what may be the beginning of one is not asked for by itself.
 */
export function searchFilters(text: string): readonly ListFilter[] {
  const word = text.trim();
  const card = cardIn(word);
  if (card) return [{ ...card }];
  if (word === '' || word.length > MAX_LENGTH || mayBecomeNumber(word)) return [];
  return [
    ...(/^sid_\w{26}$/i.test(word) ? [{ id: word.toLowerCase() }] : []),
    ...(isUuid(word) ? [{ transaction_id: word.toLowerCase() }] : []),
    ...(/^\d{4}$/.test(word) ? [{ last_four: word }] : []),
    ...(/^(\d{6}|\d{8})$/.test(word) ? [{ bin: word }] : []),
    { reference: word },
  ];
}

/** What names and e-mail addresses are looked for by; null where a text is too short or long, or may be a number of a card. */
export function nameFilter(text: string): string | null {
  const word = text.trim();
  const fits = word.length >= MIN_LENGTH && word.length <= MAX_LENGTH;
  return fits && !mayHoldNumber(word) ? word : null;
}
