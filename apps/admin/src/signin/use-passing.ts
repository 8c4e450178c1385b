import { useEffect, useState } from 'react';
import { useHref, useLocation, useSearchParams } from 'react-router-dom';
import { isUnasked, whoAmI } from '../session/session';
import { wantedOf } from '../session/wanted';

/** What the identity provider's way back says: nobody is signed in yet. */
const OF_PROVIDER = ['step', 'problem'];

/** Leads on whoever came to the sign-in and is signed in already. @returns whether that is still to be found out */
export function usePassing(): boolean {
  const { state } = useLocation() as { readonly state: unknown };
  const [search] = useSearchParams();
  const wanted = useHref(wantedOf(state));
  const [isLooking, setLooking] = useState(() => isUnasked() && !OF_PROVIDER.some((name) => search.has(name)));
  useEffect(() => {
    if (!isLooking) return;
    whoAmI().then(
      // Loaded anew, the console knows from the beginning who is there.
      () => window.location.replace(wanted),
      () => setLooking(false),
    );
  }, [isLooking, wanted]);
  return isLooking;
}
