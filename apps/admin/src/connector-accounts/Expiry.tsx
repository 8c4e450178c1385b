import type { Tone } from '../theme/tokens';
import { NONE } from '../ui/cells';
import { useNow } from '../ui/now';
import { Pill } from '../ui/Pill';
import { Time } from '../ui/Time';

const DAY_MS = 86_400_000;

/** Days before the end from which it is said in another colour: the server announces it then, too. */
const LADDER: readonly (readonly [days: number, tone: Tone])[] = [
  [7, 'bad'],
  [30, 'warn'],
  [90, 'info'],
];

/** When an upstream will end a credential, and how pressing that is. */
export function Expiry({ at }: { readonly at: string | null }) {
  const now = useNow().getTime();
  if (at === null) return NONE;
  const days = (new Date(at).getTime() - now) / DAY_MS;
  const rung = LADDER.find(([most]) => days <= most);
  const words = <Time at={at} as="relative" />;
  return rung ? <Pill tone={rung[1]}>{words}</Pill> : words;
}
