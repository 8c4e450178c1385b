import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { ApiError } from '../providers/api-error';
import { Failure, Loading, NotFound } from './states';

interface FoundProps<T> {
  readonly query: UseQueryResult<T>;
  /** `merchant` */
  readonly what: string;
  readonly back: { readonly to: string; readonly label: string };
  readonly children: (thing: T) => ReactNode;
}

/** The page of one thing, once it is there; what to say until then, or where it is not. */
export function Found<T>({ query: { data, error, refetch }, what, back, children }: FoundProps<T>) {
  if (error instanceof ApiError && error.status === 404) {
    return (
      <NotFound title={`No such ${what}`} action={<Link to={back.to}>{`To the ${back.label.toLowerCase()}`}</Link>}>
        There is none of this id, or it is a merchant’s outside your scope.
      </NotFound>
    );
  }
  // What was found once stays, with what is being typed over it; the page says that it could not be loaded since.
  if (data !== undefined) return children(data);
  return error ? <Failure error={error} retry={() => void refetch()} /> : <Loading />;
}
