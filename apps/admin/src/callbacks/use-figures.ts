import { useQuery } from '@tanstack/react-query';
import { call } from '../providers/http';
import type { CallbackFigures } from './types';

/** How it goes with callbacks; asked again every half minute. */
export const useFigures = (isWanted = true) =>
  useQuery({
    queryKey: ['callbacks', 'figures'],
    queryFn: async ({ signal }) => {
      const answer = await call<{ readonly environments: readonly CallbackFigures[] }>('GET', 'callbacks/figures', {
        signal,
      });
      return answer.environments;
    },
    enabled: isWanted,
    refetchInterval: 30_000,
  });
