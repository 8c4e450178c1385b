import type { SvgIconComponent } from '@mui/icons-material';
import type { ComponentType } from 'react';

/** The parts of the menu, in its order; the first has no heading. */
export const GROUPS = ['', 'Merchants', 'Connections', 'Insight', 'Administration'] as const;

/** A screen of the console: a resource of react-admin, and its place in the menu. */
export interface Screen {
  /** Of the resource; the first part of its address. */
  readonly name: string;
  readonly list: ComponentType;
  /** Of one thing, at its id. */
  readonly show?: ComponentType;
  readonly label: string;
  readonly group: (typeof GROUPS)[number];
  readonly icon: SvgIconComponent;
  /** Whoever lacks it does not see the screen. */
  readonly permission: string;
  /** The part of the server that answers it; where the server does not name it the screen is hidden. */
  readonly feature: string;
  /** The second key after `g`: `g s` goes to the sessions. */
  readonly key: string;
}

/** Those of `screens` that this server offers to whoever is signed in. */
export function offered<S extends Pick<Screen, 'permission' | 'feature'>>(
  screens: readonly S[],
  me: { readonly permissions: readonly string[]; readonly features: readonly string[] } | undefined,
): readonly S[] {
  if (!me) return [];
  return screens.filter(
    ({ permission, feature }) => me.permissions.includes(permission) && me.features.includes(feature),
  );
}
