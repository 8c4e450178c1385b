import { ApiError } from '../providers/api-error';
import { request } from '../api/request';
import { keepCsrfToken } from '../providers/http';
import type { Me } from './me';
import { showProviderFactor, type ProviderFactor } from './provider';
import { tellEnd } from './told-end';

/** Asked once and remembered for as long as the page lives, or until the server no longer knows us. */
let known: Promise<Me> | null = null;
/** Whether the server was ever asked by this page. */
let isAsked = false;

/** Who is signed in, and what there is for them. @throws ApiError with status 401 when nobody is */
export function whoAmI(): Promise<Me> {
  known ??= ask().catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

async function ask(): Promise<Me> {
  isAsked = true;
  const [me, { features }] = await Promise.all([request('GET auth/me'), request('GET features')]);
  if (me.kind !== 'operator') throw new Error('The console is for people');
  keepCsrfToken(me.csrf_token);
  window.sessionStorage.setItem(KEY, '1');
  return { ...me, features };
}

/** That somebody is signed in in this tab, kept over a reload: who signs out leaves nothing. */
const KEY = 'countersign.signed-in';

/** Whether the server knows of a session of this page, as far as the page knows. */
export const isSignedIn = (): boolean => known !== null;

/** Whether somebody may be signed in of whom this page knows nothing yet. */
export const isUnasked = (): boolean => !isAsked;

/** Whether somebody was signed in here who did not sign out. Told once. */
export function takeEnded(): boolean {
  const isEnded = window.sessionStorage.getItem(KEY) !== null;
  window.sessionStorage.removeItem(KEY);
  return isEnded;
}

/** Forgets who was signed in; the next question goes to the server. */
export function forget(): void {
  known = null;
  keepCsrfToken(null);
}

/** What somebody shows to sign in. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly totp?: string;
  readonly recovery_code?: string;
}

/** A password and what goes with it, or what is still missing after the way to the identity provider. */
export type Shown = Credentials | { readonly factor: ProviderFactor };

/** Signs in. @throws ApiError that says what is wrong or missing */
export async function signIn(shown: Shown): Promise<Me> {
  forget();
  if ('factor' in shown) await showProviderFactor(shown.factor);
  else await request('POST auth/sign-in', { body: shown });
  return whoAmI();
}

/** Ends the session at the server, and tells the other pages unless they are told; one that has ended already is fine. */
export async function signOut({ isTold = false } = {}): Promise<void> {
  try {
    await request('POST auth/sign-out');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  } finally {
    window.sessionStorage.removeItem(KEY);
    forget();
    if (!isTold) tellEnd('signed-out');
  }
}
