import { Pill } from '../ui/Pill';

/** Tells made-up sessions from those that were. */
export function DemoMark() {
  return <Pill tone="info">Demo data</Pill>;
}
