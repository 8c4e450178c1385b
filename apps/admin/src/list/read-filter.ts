import { cardIn } from '../format/card-number';
import type { FilterValue, ListFilter } from '../providers/list-query';

/** Reads the filter of an address. What cannot be read, or must not stand there, is left out: it was cut, or is not ours. */
export function readFilter(text: string | null): ListFilter {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return isObject(value) ? fitting(value) : {};
  } catch {
    return {}; // cut on its way here
  }
}

/** The members of a filter that have a value of the dialect, and no card number in it: those that an address may say. */
export function fitting(filter: object): ListFilter {
  return Object.fromEntries(Object.entries(filter).filter(isMember));
}

const isMember = (member: [string, unknown]): member is [string, FilterValue] => {
  const value = member[1];
  if (!isObject(value)) return isFit(value) || (Array.isArray(value) && value.length > 0 && value.every(isFit));
  const operands = Object.values(value);
  return operands.length > 0 && operands.every(isFit);
};

const isFit = (value: unknown): boolean =>
  typeof value === 'boolean' || ((typeof value === 'string' || typeof value === 'number') && !cardIn(String(value)));

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
