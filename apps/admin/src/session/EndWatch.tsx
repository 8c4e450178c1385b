import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLogoutIfAccessDenied } from 'react-admin';

/** Leads to the sign-in when the server no longer knows us, whichever question it was that told so. */
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
  return null;
}
