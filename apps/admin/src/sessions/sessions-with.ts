import type { ListFilter } from '../providers/list-query';

/** The address of the list of sessions, narrowed. */
export const sessionsWith = (filter: ListFilter): string =>
  `/sessions?${new URLSearchParams({ filter: JSON.stringify(filter) }).toString()}`;
