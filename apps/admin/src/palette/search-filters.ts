import type { ListFilter } from '../providers/list-query';

/** Longer ones nobody has given a session. */
const MAX_REFERENCE = 100;

/** What somebody can have meant by a text, as filters of the list of sessions: each is answered off an index of its own. */
export function searchFilters(text: string): readonly ListFilter[] {
  const word = text.trim();
  if (word === '' || word.length > MAX_REFERENCE) return [];
  return [
    ...(/^sid_\w{26}$/.test(word) ? [{ id: word }] : []),
    ...(/^\d{4}$/.test(word) ? [{ last_four: word }] : []),
    ...(/^(\d{6}|\d{8})$/.test(word) ? [{ bin: word }] : []),
    { reference: word },
  ];
}
