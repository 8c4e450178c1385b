/**
 * What somebody changed: the members of `now` that are not as they were before. An edit sends these alone: the rest may have
 * been changed by somebody else meanwhile, and stays theirs.
 */
export function edited<T extends object>(before: T, now: T): Partial<T> {
  const isOther = ([name, value]: [string, unknown]): boolean =>
    JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[name]);
  return Object.fromEntries(Object.entries(now).filter(isOther)) as Partial<T>; // some members of T
}
