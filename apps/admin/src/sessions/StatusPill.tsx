import { Pill } from '../ui/Pill';
import type { SessionStatus } from './types';
import { STATUS_WORDS } from './words';

/** The state of a session. */
export function StatusPill({ status }: { readonly status: SessionStatus }) {
  const { label, tone } = STATUS_WORDS[status];
  return <Pill tone={tone}>{label}</Pill>;
}
