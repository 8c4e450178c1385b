import { createContext, useContext } from 'react';
import { ApiError } from '../providers/api-error';

/** What the last try of the form around a field ended with. */
export const FormError = createContext<unknown>(null);

const PROBLEMS = { required: 'This is missing.', invalid: 'This does not have the right form.' };

/** What the server has against a field, said beside it; null for nothing. @param names what the server calls it */
export function problemOf(error: unknown, names: readonly string[]): string | null {
  if (!(error instanceof ApiError) || error.status !== 422) return null;
  const isOne = (problem: string): boolean => names.some((name) => error.has(`${name}_${problem}`));
  return Object.entries(PROBLEMS).find(([problem]) => isOne(problem))?.[1] ?? null;
}

/** The same of the form around. */
export const useFieldProblem = (names: readonly string[]): string | null => problemOf(useContext(FormError), names);
