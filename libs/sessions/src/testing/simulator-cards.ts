/** Some of the cards that the simulator publishes, for tests of what is chosen from them. */
import type { SimulatorCard } from '../simulator';

type Line = readonly [SimulatorCard['scheme'], SimulatorCard['flow'], SimulatorCard['status'], reason?: string];

const LINES: readonly Line[] = [
  ['visa', 'frictionless', 'approved'],
  ['visa', 'frictionless', 'declined'],
  ['visa', 'none', 'error', 'card_not_enrolled'],
  ['visa', 'challenge', 'approved'],
  ['amex', 'frictionless', 'rejected'],
  ['amex', 'challenge', 'rejected'],
  ['jcb', 'none', 'error', 'card_not_enrolled'],
  ['jcb', 'challenge', 'approved'],
];

export const SIMULATOR_CARDS: readonly SimulatorCard[] = LINES.map(([scheme, flow, status, reason = null], at) => ({
  number: `400000000000000${at}`,
  scheme,
  flow,
  status,
  reason,
  methodUrl: true,
}));
