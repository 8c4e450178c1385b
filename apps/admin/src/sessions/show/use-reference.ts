import { useGetList } from 'react-admin';
import { useOne } from '../../providers/use-one';
import type { SessionLine, SessionStory } from '../types';

/** The last approved session of the same card range and merchant, to hold this one against. */
export function useReference(
  session: SessionStory,
  isWanted: boolean,
): { reference: SessionStory | null; isLoading: boolean } {
  const { bin, merchant_id, connector } = session;
  const list = useGetList<SessionLine>(
    'sessions',
    {
      pagination: { page: 1, perPage: 25 },
      sort: { field: 'created_at', order: 'DESC' },
      filter: { bin, merchant_id, status: ['approved'] },
    },
    { enabled: isWanted && bin !== null, staleTime: 60_000 },
  );
  // Of another connector the messages are others altogether.
  const found = list.data?.find((one) => one.id !== session.id && one.connector === connector);
  const story = useOne('sessions', found?.id ?? null);
  return { reference: story.data ?? null, isLoading: isWanted && (list.isLoading || story.isLoading) };
}
