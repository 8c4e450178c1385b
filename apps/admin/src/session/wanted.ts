/** Where somebody wanted to go before they had to sign in: kept over the way to the identity provider and back. */

const KEY = 'countersign.wanted';

/** What react-admin notes when it sends somebody to the sign-in. */
interface Noted {
  readonly nextPathname?: string;
  readonly nextSearch?: string;
}

/** Remembers it in this tab. @param state of the router's location */
export function keepWanted(state: unknown): void {
  const { nextPathname = '/', nextSearch = '' } = (state ?? {}) as Noted;
  window.sessionStorage.setItem(KEY, nextPathname + nextSearch);
}

/** Gives it, once. Always a path of the console: the router knows no other address. */
export function takeWanted(): string {
  const wanted = window.sessionStorage.getItem(KEY);
  window.sessionStorage.removeItem(KEY);
  return wanted !== null && /^\/(?![/\\])/.test(wanted) ? wanted : '/';
}
