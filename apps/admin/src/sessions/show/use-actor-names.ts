import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/request';
import { useMay, useMe } from '../../session/me';
import type { SessionStory } from '../types';
import { OF_CONSOLE } from './words';

/** The most entries that are asked for: no session has so many acts. */
const MOST = 100;

/**
 * What operators and service accounts that acted on a session are called: as the audit log has it where the role may read there; of
 * themselves everybody knows it.
 * @returns the name; null where it is not told
 */
export function useActorNames({ id, timeline }: SessionStory): (actor: string) => string | null {
  const me = useMe();
  const mayRead = useMay('audit.read');
  const acts = timeline.filter(({ actor }) => OF_CONSOLE.test(actor) && actor !== me?.id).length;
  const { data } = useQuery({
    // How many acts there are is in the key: whoever did the next one is asked for again.
    queryKey: ['sessions', id, 'actors', acts],
    queryFn: ({ signal }) =>
      request('GET audit', { query: { filter: JSON.stringify({ subject: id }), limit: MOST }, signal }),
    enabled: mayRead && acts > 0,
    placeholderData: (previous) => previous,
  });
  const names = new Map(data?.data.map(({ actor }) => [actor.id, actor.name]));
  return (actor) => (actor === me?.id ? me.email : (names.get(actor) ?? null));
}
