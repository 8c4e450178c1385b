import { cardIn } from '../format/card-number';
import type { FilterValue, ListFilter } from '../providers/list-query';

/** A filter as an address says it, and whether that is all of it. */
export interface ReadFilter {
  readonly filter: ListFilter;
  /** False where something could not be read, or must not stand there: it was cut, or is not ours. */
  readonly isWhole: boolean;
}

/** Reads the filter of an address; nothing is no filter. */
export function readFilter(text: string | null): ReadFilter {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (!isObject(value)) return { filter: {}, isWhole: false };
    const filter = fitting(value);
    return { filter, isWhole: Object.keys(filter).length === Object.keys(value).length };
  } catch {
    return { filter: {}, isWhole: false }; // cut on its way here
  }
}

/** The members of a filter that have a value of the dialect, and no card number in it: those that an address may say. */
export function fitting(filter: object): ListFilter {
  return Object.fromEntries(Object.entries(filter).filter(isMember));
}

const isMember = (member: [string, unknown]): member is [string, FilterValue] => {
  const value = member[1];
  if (!isObject(value)) return isFit(value) || isFitList(value);
  const operators = Object.entries(value);
  return operators.length > 0 && operators.every(([name, operand]) => (IS_FIT[name] ?? isFit)(operand));
};

const IS_FIT: Readonly<Partial<Record<string, (operand: unknown) => boolean>>> = {
  in: (operand) => isFitList(operand),
  not_in: (operand) => isFitList(operand),
  known: (operand) => typeof operand === 'boolean',
};

const isFitList = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isFit);

const isFit = (value: unknown): boolean =>
  typeof value === 'boolean' || ((typeof value === 'string' || typeof value === 'number') && !cardIn(String(value)));

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
