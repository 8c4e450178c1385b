import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLogoutIfAccessDenied } from 'react-admin';
import { call } from '../providers/http';
import { hearEnd } from './told-end';

/** Leads to the sign-in when the server no longer knows us, whichever question it was that told so, or which page. */
export function EndWatch() {
  const client = useQueryClient();
  const leave = useLogoutIfAccessDenied();
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') void leave(event.action.error);
      }),
    [client, leave],
  );
  // Another page signed out. The server says whether that was our session: somebody may be signed in again.
  useEffect(
    () => hearEnd((how) => how === 'signed-out' && void call('GET', 'auth/me').catch((error: unknown) => leave(error))),
    [leave],
  );
  return null;
}
