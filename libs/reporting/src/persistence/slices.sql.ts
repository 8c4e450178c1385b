/** Rows of several slices at once: one of all sessions, and one for each value of each of some dimensions. */
import { ROLLED_DIMENSIONS } from '../domain/rolled';

type RolledDimension = (typeof ROLLED_DIMENSIONS)[number];

interface Slices {
  /** Which slice a row is of. */
  readonly columns: string;
  /** The value of its dimension. */
  readonly value: string;
  /** What to group by. */
  readonly sets: string;
}

/** @param valueOf SQL of a dimension's value */
export function slicesOf(valueOf: (name: RolledDimension) => string): Slices {
  const cases = (then: (name: RolledDimension) => string): string =>
    ROLLED_DIMENSIONS.map((name) => `WHEN grouping(${valueOf(name)}) = 0 THEN ${then(name)}`).join(' ');
  const value = `CASE ${cases(valueOf)} END`;
  return {
    columns: `CASE ${cases((name) => `'${name}'`)} ELSE 'all' END AS dimension, ${value} IS NOT NULL AS is_known, coalesce(${value}, '') AS value`,
    value,
    sets: `GROUPING SETS ((), ${ROLLED_DIMENSIONS.map((name) => `(${valueOf(name)})`).join(', ')})`,
  };
}
