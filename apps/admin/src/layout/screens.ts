import type { SvgIconComponent } from '@mui/icons-material';
import type { ComponentType } from 'react';
import type { Me } from '../session/me';

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
  /** It is about the whole installation: whoever has some merchants only does not see it. */
  readonly ofAllMerchants?: true;
  /** The part of the server that answers it; where the server does not name it the screen is hidden. */
  readonly feature: string;
  /** The second key after `g`: `g s` goes to the sessions. */
  readonly key: string;
}

/** Those of `screens` that this server offers to whoever is signed in. */
export function offered<S extends Pick<Screen, 'permission' | 'feature' | 'ofAllMerchants'>>(
  screens: readonly S[],
  me: Pick<Me, 'permissions' | 'features' | 'all_merchants'> | undefined,
): readonly S[] {
  if (!me) return [];
  return screens.filter(
    ({ permission, feature, ofAllMerchants = false }) =>
      me.permissions.includes(permission) && me.features.includes(feature) && (me.all_merchants || !ofAllMerchants),
  );
}
