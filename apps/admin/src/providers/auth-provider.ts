import type { AuthProvider } from 'react-admin';
import type { Me } from '../session/me';
import { forget, signIn, signOut, whoAmI, type Shown } from '../session/session';
import { ApiError } from './api-error';

/** Where the console begins for people of the outside. */
const LOGIN = '/login';
const OPEN = ['/login', '/invitation'];

const isOutside = (): boolean => OPEN.some((path) => window.location.pathname.endsWith(path));

/** react-admin's way to the sign-in of the admin API. Permissions are all that the server says of us. */
export const authProvider: AuthProvider = {
  async login(shown: Shown) {
    await signIn(shown);
  },

  async logout() {
    await signOut();
    return LOGIN;
  },

  async checkAuth() {
    await whoAmI();
  },

  async checkError(error: unknown) {
    if (!(error instanceof ApiError) || error.status !== 401) return;
    forget();
    throw error;
  },

  async getIdentity() {
    const { id, name } = await whoAmI();
    return { id, fullName: name };
  },

  async getPermissions(): Promise<Me | undefined> {
    if (isOutside()) return undefined;
    return whoAmI().catch(() => undefined);
  },
};
