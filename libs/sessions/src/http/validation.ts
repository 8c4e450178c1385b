import { InvalidRequest } from '@app/kernel';
import { malformedBody } from '@app/platform';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

export type JsonObject = Record<string, unknown>;

/** Names that must never become properties: they would change what an object is. */
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 12;

/**
 * A copy of parsed JSON without nulls (absent, to this contract), without names that change what an object is, and with
 * text that every reader takes (no lone surrogates).
 * @throws malformed when nested deeper than any request of the contract, or with NUL in a text
 */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw malformedBody();
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const clean: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== null && !UNSAFE.has(name)) clean[name] = cleanJson(member, depth + 1);
  }
  return clean;
}

function cleanText(text: string): string {
  if (text.includes('\u0000')) throw malformedBody();
  return text.toWellFormed();
}

/** The body as an object. @throws malformed for any other JSON, or for none */
export function objectBody(body: unknown): JsonObject {
  const clean = cleanJson(body);
  if (typeof clean !== 'object' || clean === null || Array.isArray(clean)) throw malformedBody();
  return clean as JsonObject;
}

/**
 * A checked instance of `type`, or the codes of every failing field, with `path` in front. Fields that the type does not
 * have are dropped: what nobody checked must not be kept or sent on.
 */
export function check<T extends object>(
  type: new () => T,
  value: JsonObject,
  path: readonly string[],
  codes: string[],
): T {
  const dto = plainToInstance(type, value);
  const errors = validateSync(dto, { forbidUnknownValues: false, stopAtFirstError: true, whitelist: true });
  collect(errors, path, codes);
  return dto;
}

/** @throws InvalidRequest that lists `codes`, unless there are none */
export function assertNone(codes: readonly string[]): void {
  if (codes.length > 0) throw new InvalidRequest([...new Set(codes)]);
}

/** `{path}_required` where nothing was given, `{path}_invalid` otherwise; array positions are left out of the path. */
function collect(errors: readonly ValidationError[], path: readonly string[], codes: string[]): void {
  for (const error of errors) {
    const here = /^\d+$/.test(error.property) ? path : [...path, error.property];
    if (error.children && error.children.length > 0) collect(error.children, here, codes);
    if (error.constraints) codes.push(codeOf(here, error.value));
  }
}

/** The code of a field that is missing or does not fit. */
export function codeOf(path: readonly string[], value: unknown): string {
  return `${path.join('_')}_${value === undefined || value === '' ? 'required' : 'invalid'}`;
}
