import { InvalidRequest } from '@app/kernel';
import { malformedBody } from '@app/platform';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { nestedType } from './rules';

export type JsonObject = Record<string, unknown>;

/** Names that must never become properties: they would change what an object is. */
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 12;

/** The contract has some hundred values in all; each costs time, whoever asked for it. */
const MAX_VALUES = 10_000;

/**
 * A copy of parsed JSON without nulls (absent, to this contract), without names that change what an object is, and with
 * text that every reader takes (no lone surrogates).
 * @throws malformed when nested deeper or holding more values than any request of the contract, or with NUL in a text
 */
export function cleanJson(value: unknown): unknown {
  return clean(value, 0, { left: MAX_VALUES });
}

function clean(value: unknown, depth: number, budget: { left: number }): unknown {
  if (depth > MAX_DEPTH || budget.left-- <= 0) throw malformedBody();
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1, budget));
  if (typeof value !== 'object' || value === null) return value;
  const result: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== null && !UNSAFE.has(name)) result[name] = clean(member, depth + 1, budget);
  }
  return result;
}

function cleanText(text: string): string {
  if (text.includes('\u0000')) throw malformedBody();
  return text.toWellFormed();
}

/** The body as an object. @throws malformed for any other JSON, or for none */
export function objectBody(body: unknown): JsonObject {
  const result = cleanJson(body);
  if (typeof result !== 'object' || result === null || Array.isArray(result)) throw malformedBody();
  return result as JsonObject;
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
  const dto = plainToInstance(type, known(type, value));
  const errors = validateSync(dto, { forbidUnknownValues: false, stopAtFirstError: true, whitelist: true });
  collect(errors, path, codes);
  return dto;
}

const fields = new Map<new () => object, ReadonlySet<string>>();

/** The names that rules of `type` speak of. */
function fieldsOf(type: new () => object): ReadonlySet<string> {
  const found = fields.get(type);
  if (found) return found;
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const names = new Set(rules.map(({ propertyName }) => propertyName));
  fields.set(type, names);
  return names;
}

/**
 * What the rules of `type` can judge. Libraries copy and look through all that they are given, at some 20 µs a member: what
 * nobody asked for must not get that far. A value of the wrong kind keeps its kind and loses its content.
 */
function known(type: new () => object, value: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const name of fieldsOf(type)) {
    if (!Object.hasOwn(value, name)) continue;
    const member = value[name];
    const inner = isObject(member) ? nestedType(type, name) : undefined;
    result[name] = inner ? known(inner, member as JsonObject) : outline(member);
  }
  return result;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Longer lists than any of the contract's are too long however much longer they are. */
const MAX_ITEMS = 50;

function outline(value: unknown): unknown {
  if (Array.isArray(value))
    return value
      .slice(0, MAX_ITEMS)
      .map((item) => (isObject(item) ? {} : item instanceof Array ? [] : (item as unknown)));
  return isObject(value) ? {} : value;
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
