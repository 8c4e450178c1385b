import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';

/** Leads to its rows where they can be shown. */
export function Figure({ to, children }: { readonly to: string | null; readonly children: ReactNode }) {
  return to === null ? children : <Link to={to}>{children}</Link>;
}
