import { InvalidRequest } from '@app/kernel';
import { malformedBody } from '../errors/error.filter';
import { rulesOf } from './compiled-rules';

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
 * What the rules of `type` know of `value`, or the codes of every failing field, with `path` in front. Fields that the type
 * does not have are dropped: what nobody checked must not be kept or sent on, and costs nothing.
 */
export function check<T extends object>(
  type: new () => T,
  value: JsonObject,
  path: readonly string[],
  codes: string[],
): T {
  const checked: JsonObject = {};
  for (const { name, applies, rules, nested } of rulesOf(type)) {
    const member = Object.hasOwn(value, name) ? outline(value[name], nested !== undefined) : undefined;
    if (!applies(member, { [name]: member })) continue;
    const fits = rules.every((rule) => rule(member, checked));
    if (!fits) codes.push(codeOf([...path, name], member));
    checked[name] = fits && nested ? check(nested, member as JsonObject, [...path, name], codes) : member;
  }
  return checked as T;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Longer lists than any that is taken are too long however much longer they are. */
const MAX_ITEMS = 201;

/** Of what no rule looks into, the kind is all that counts; a nested object is looked into. */
function outline(value: unknown, isNested: boolean): unknown {
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => outline(item, false));
  return isObject(value) && !isNested ? {} : value;
}

/** @throws InvalidRequest that lists `codes`, unless there are none */
export function assertNone(codes: readonly string[]): void {
  if (codes.length > 0) throw new InvalidRequest([...new Set(codes)]);
}

/** An edit names what is to be different. @throws InvalidRequest `change_required` for one that names nothing */
export function assertChanges(change: object): void {
  if (Object.keys(change).length === 0) assertNone(['change_required']);
}

/** `{path}_required` where nothing was given, `{path}_invalid` where it does not fit. */
export function codeOf(path: readonly string[], value: unknown): string {
  return `${path.join('_')}_${value === undefined || value === '' ? 'required' : 'invalid'}`;
}

/** A whole body by the rules of `type`. @throws malformed, InvalidRequest with a code for every failing field */
export function readBody<T extends object>(type: new () => T, body: unknown): T {
  const codes: string[] = [];
  const checked = check(type, objectBody(body), [], codes);
  assertNone(codes);
  return checked;
}
