/** Where somebody wanted to go before they had to sign in: kept over the way to the identity provider and back. */

const KEY = 'countersign.wanted';

/** What react-admin notes when it sends somebody to the sign-in. */
interface Noted {
  readonly nextPathname?: string;
  readonly nextSearch?: string;
}

/** Always a path of the console: the router knows no other address. @param state of the router's location */
export function wantedOf(state: unknown): string {
  const { nextPathname = '/', nextSearch = '' } = (state ?? {}) as Noted;
  return pathOf(nextPathname + nextSearch);
}

/** Remembers it in this tab. @param state of the router's location */
export const keepWanted = (state: unknown): void => window.sessionStorage.setItem(KEY, wantedOf(state));

/** Gives it, once, as a path of the console. */
export function takeWanted(): string {
  const wanted = window.sessionStorage.getItem(KEY);
  window.sessionStorage.removeItem(KEY);
  return pathOf(wanted);
}

const pathOf = (wanted: string | null): string => (wanted !== null && /^\/(?![/\\])/.test(wanted) ? wanted : '/');
