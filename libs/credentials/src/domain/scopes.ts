/** Every scope we grant, and the scopes that each stands for (sessions-api.md section 3): `sessions` is an umbrella. */
const SCOPES = {
  sessions: ['sessions:app', 'sessions:browser'],
  'sessions:app': ['sessions:app'],
  'sessions:browser': ['sessions:browser'],
} as const;

export type Scope = keyof typeof SCOPES;

/** The scopes that an access key can have. */
export const GRANTABLE_SCOPES = Object.keys(SCOPES) as Scope[];

/** Tells whether `text` names a scope that we grant. */
export function isScope(text: string): text is Scope {
  return Object.hasOwn(SCOPES, text);
}

/** The specific scopes behind `scopes`: umbrellas opened, duplicates and unknown names left out. */
export function specificScopes(scopes: Iterable<string>): ReadonlySet<string> {
  const specific = new Set<string>();
  for (const scope of scopes) if (isScope(scope)) for (const part of SCOPES[scope]) specific.add(part);
  return specific;
}

/**
 * What a token gets: the scopes asked for, once each, or all of the key's when none is named. Null when one is unknown
 * or more than the key was granted.
 */
export function grantScopes(requested: string | undefined, granted: readonly string[]): string[] | null {
  const names = [...new Set((requested ?? '').split(/\s+/).filter((name) => name !== ''))];
  if (names.length === 0) return [...granted];
  const allowed = specificScopes(granted);
  const within = names.every((name) => isScope(name) && SCOPES[name].every((part) => allowed.has(part)));
  return within ? names : null;
}
