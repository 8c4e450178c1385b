import { cardIn, mayBecomeNumber } from '../format/card-number';
import type { ListFilter } from '../providers/list-query';

/** Longer ones nobody has given a session. */
const MAX_REFERENCE = 100;

/**
 * What somebody can have meant by a text, as filters of the list of sessions: each is answered off an index of its own. A card
 * number is never asked for, only its ends; and what may be the beginning of one is not asked for by itself.
 */
export function searchFilters(text: string): readonly ListFilter[] {
  const word = text.trim();
  const card = cardIn(word);
  if (card) return [{ ...card }];
  if (word === '' || word.length > MAX_REFERENCE || mayBecomeNumber(word)) return [];
  return [
    ...(/^sid_\w{26}$/i.test(word) ? [{ id: word.toLowerCase() }] : []),
    ...(/^\d{4}$/.test(word) ? [{ last_four: word }] : []),
    ...(/^(\d{6}|\d{8})$/.test(word) ? [{ bin: word }] : []),
    { reference: word },
  ];
}
