import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { call } from '../providers/http';
import type { Catalogue } from './types';

/** Figures of one kind, for what the screen is about. What was shown stays until the new figures are there. Asked for when wanted. */
export function useReport<T>(
  kind: string,
  question: Readonly<Record<string, string>>,
  isWanted = true,
): UseQueryResult<T> {
  return useQuery({
    enabled: isWanted,
    queryKey: ['reports', kind, question],
    queryFn: ({ signal }) => call<T>('GET', `reports/${kind}`, { query: question, signal }),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
}

/** What every figure means. It changes with the server only. */
export function useCatalogue(): UseQueryResult<Catalogue> {
  return useQuery({
    queryKey: ['reports', 'catalogue'],
    queryFn: ({ signal }) => call<Catalogue>('GET', 'reports/catalogue', { signal }),
    staleTime: Infinity,
  });
}

/** Whether there are sessions that were made up to be looked at. */
export function useHasDemo(): boolean {
  const { data } = useQuery({
    queryKey: ['reports', 'about'],
    queryFn: ({ signal }) => call<{ readonly has_demo: boolean }>('GET', 'reports', { signal }),
    staleTime: 60_000,
  });
  return data?.has_demo ?? false;
}
