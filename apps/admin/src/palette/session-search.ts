import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../providers/http';
import type { ListPage } from '../providers/list-query';
import type { SessionLine } from '../sessions/types';

/** So long nothing is asked while somebody writes. */
const PAUSE_MS = 180;
/** Less finds everything. */
const MIN_LENGTH = 3;

interface Found {
  readonly sessions: readonly SessionLine[];
  readonly isLooking: boolean;
}

/** Sessions with this id, reference, last four or BIN, as the server finds them. */
export function useSessionSearch(text: string, isOffered: boolean): Found {
  const wanted = useSettled(text.trim());
  const enabled = isOffered && wanted.length >= MIN_LENGTH;
  const { data, isFetching } = useQuery({
    queryKey: ['sessions', 'search', wanted],
    queryFn: ({ signal }) => call<ListPage<SessionLine>>('GET', 'sessions/search', { query: { q: wanted }, signal }),
    enabled,
    retry: false,
  });
  return { sessions: enabled ? (data?.data ?? []) : [], isLooking: isFetching || text.trim() !== wanted };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
