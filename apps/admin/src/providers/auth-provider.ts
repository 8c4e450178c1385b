import type { AuthProvider } from 'react-admin';
import { endBeneathForm } from '../session/kept-form';
import type { Me } from '../session/me';
import { forget, isSignedIn, signIn, signOut, takeEnded, whoAmI, type Shown } from '../session/session';
import { ApiError } from './api-error';

/** Where the console begins for people of the outside. */
const LOGIN = '/login';
const ENDED = '/login?ended=session';
const OPEN = ['/login', '/invitation'];

const isOutside = (): boolean => OPEN.some((path) => window.location.pathname.endsWith(path));

const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** Would `message` be a text, react-admin asked the server once more who is there, to say it. */
const SIGNED_OUT = Object.assign(new Error('The session has ended'), { message: false });

/** react-admin's way to the sign-in of the admin API. Permissions are all that the server says of us. */
export const authProvider: AuthProvider = {
  async login(shown: Shown) {
    await signIn(shown);
  },

  /** `isTold`: the other pages of the browser know of it. */
  async logout(how: { isTold?: boolean } | undefined) {
    // Of whom the server knows nothing there is nothing to end.
    if (!isSignedIn()) return takeEnded() ? ENDED : LOGIN;
    await signOut(how);
    return LOGIN;
  },

  async checkAuth() {
    await whoAmI().catch((error: unknown) => {
      if (!isSignedOut(error) || !endBeneathForm()) throw error;
    });
  },

  async checkError(error: unknown) {
    if (!isSignedOut(error)) return;
    forget();
    // What was still under way when somebody came to the sign-in does not lead there anew: where they were would be lost.
    if (!isOutside() && !endBeneathForm()) throw SIGNED_OUT;
  },

  async getIdentity() {
    const { id, name } = await whoAmI();
    return { id, fullName: name };
  },

  async getPermissions(): Promise<Me | undefined> {
    if (isOutside()) return undefined;
    return whoAmI().catch((error: unknown) => {
      // Known before, they are kept with the form; without them its screen would go.
      if (isSignedOut(error) && endBeneathForm()) throw error;
      return undefined;
    });
  },
};
