import { decodePublicKey } from '@app/credentials';
import { countryNumeric, decodeId, ID_PREFIXES, isPlainName, type IdKind } from '@app/kernel';
import { InvalidArgumentError } from 'commander';
import { readFileSync } from 'node:fs';

/** Reads a wire id into the UUID behind it; the option that held it is named by the parser. */
export const wireId =
  (kind: IdKind) =>
  (text: string): string => {
    const id = decodeId(kind, text);
    if (id === null)
      throw new InvalidArgumentError(`must be an id of the form ${ID_PREFIXES[kind]}_ and 26 characters`);
    return id;
  };

/** Reads a public key into the UUID behind it. */
export function publicKey(text: string): string {
  const id = decodePublicKey(text);
  if (id === null) throw new InvalidArgumentError('must be a public key, pk_ and 27 characters');
  return id;
}

/** Reads a whole number; what is allowed is the setting's rule. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}

/** Reads a whole number from `min` to `max`, for what is no setting. */
export const numberBetween =
  (min: number, max: number) =>
  (text: string): number => {
    const value = wholeNumber(text);
    if (value < min || value > max) throw new InvalidArgumentError(`must be a whole number from ${min} to ${max}`);
    return value;
  };

/** Reads what somebody is called. */
export function plainName(text: string): string {
  if (text.length > 100 || !isPlainName(text)) {
    throw new InvalidArgumentError(
      'must be 1 to 100 visible characters on one line, without marks that turn its direction',
    );
  }
  return text;
}

/** Reads names with commas or spaces between them. */
export function nameList(text: string): string[] {
  return text.split(/[\s,]+/).filter((name) => name !== '');
}

/** Gathers the values of an option that may be given more than once. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

export function yesOrNo(text: string): boolean {
  if (text === 'yes' || text === 'true') return true;
  if (text === 'no' || text === 'false') return false;
  throw new InvalidArgumentError('must be yes or no');
}

/** Reads a day (its first instant, UTC), or `never` as null. */
export function dateOrNever(text: string): Date | null {
  if (text === 'never') return null;
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) {
    throw new InvalidArgumentError('must be a date such as 2027-01-31, or never');
  }
  return date;
}

export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`must be JSON (${(error as SyntaxError).message})`);
  }
}

/** Reads a country: alpha-2 code, or numeric as acquirers write it. */
export function country(text: string): string {
  return countryNumeric(text.toUpperCase()) ?? text;
}

/** Reads a file whole. */
export function fileContent(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InvalidArgumentError(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
