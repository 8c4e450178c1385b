import type { AuthenticationResult } from './result';

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** How one payment API wants an authentication result: what goes where in its request, and what it cannot do without. */
export interface Shape {
  /** Its part of the payment request. Members may be undefined: what the result does not have is left out. */
  write: (result: AuthenticationResult) => Json;
  /** Paths, joined by dots, of what that API refuses the request without. */
  required: (result: AuthenticationResult) => readonly string[];
}

/** The part of a payment request, or the paths of what it lacks. */
export type Shaped = { request: Json } | { missing: readonly string[] };

/** Writes `result` in a gateway's shape. Nothing in it is undefined or empty. */
export function inShape(shape: Shape, result: AuthenticationResult): Shaped {
  const request = filled(shape.write(result)) ?? {};
  const missing = shape.required(result).filter((path) => at(request, path.split('.')) === undefined);
  return missing.length > 0 ? { missing } : { request };
}

/** `value` without what is undefined or empty at any depth; undefined when nothing is left. */
export function filled(value: Json): Json | undefined {
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const kept = isObject(member) ? filled(member) : member;
    return kept === undefined || kept === '' ? [] : [[name, kept]];
  });
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

function at(value: Json, [name, ...rest]: readonly string[]): unknown {
  const member = name === undefined ? undefined : value[name];
  return rest.length === 0 || !isObject(member) ? (rest.length === 0 ? member : undefined) : at(member, rest);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
