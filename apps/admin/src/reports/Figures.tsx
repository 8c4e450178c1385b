import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Section } from '../ui/Section';
import { Failure, Loading } from '../ui/states';

interface FiguresProps<T> {
  readonly title: string;
  readonly query: UseQueryResult<T>;
  readonly actions?: ReactNode;
  readonly isFlush?: boolean;
  readonly children: (data: T) => ReactNode;
}

/** A part of the screen with figures of its own: it comes, or fails, by itself. */
export function Figures<T>({ title, query, actions, isFlush = false, children }: FiguresProps<T>) {
  const { data, error, refetch, isFetching, fetchStatus } = query;
  return (
    <Section title={title} actions={actions} isFlush={isFlush}>
      <div aria-busy={isFetching}>
        {data !== undefined ? (
          children(data)
        ) : error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : (
          // Nothing is on its way where nobody has asked yet.
          fetchStatus !== 'idle' && <Loading />
        )}
      </div>
    </Section>
  );
}
