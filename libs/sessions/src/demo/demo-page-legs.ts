/** When the page of a made-up hosted session came to which point, told by the lines of its story. Pure. */
import type { Change } from '../domain/changes';
import type { PageLeg } from '../domain/page-leg';
import type { Chance } from './chance';

/** That a page came to a point. */
export interface DemoLeg {
  readonly leg: PageLeg;
  readonly at: Date;
}

/**
 * The points of a hosted session's page, in their order: the 3DS Method around what was reported of it, and the challenge
 * between the answer that asked for it and the end. Whoever only ran out of time typed nothing.
 */
export function demoLegs(changes: readonly Change[], chance: Chance): DemoLeg[] {
  const lines = changes.flatMap(({ events }) => events);
  const timeOf = (type: string): number | null => lines.find((line) => line.type === type)?.at.getTime() ?? null;
  const last = changes.at(-1)?.session;
  const asked = timeOf('request_sent');
  // Who never came back has not seen the page.
  if (last === undefined || asked === null) return [];
  const shown = last.createdAt.getTime() + chance.between(120, 250);
  const reported = timeOf('method_reported');
  const method: [PageLeg, number][] =
    reported === null
      ? []
      : [
          ['method_started', shown + chance.between(30, 120)],
          ['method_finished', reported - chance.between(5, 25)],
        ];
  const points: [PageLeg, number][] = [['page_shown', shown], ...method];
  const challenged = timeOf('challenge_required');
  if (challenged !== null) points.push(...challengeLegs(challenged, last.finalAt?.getTime() ?? challenged, chance));
  return points.map(([leg, at]) => ({ leg, at: new Date(at) }));
}

/** Nobody who typed waits longer than this for the end. */
const LONGEST_INPUT_MS = 150_000;

function challengeLegs(asked: number, ended: number, chance: Chance): [PageLeg, number][] {
  const shown = asked + chance.between(600, 2_400);
  const typed = shown + chance.between(1_000, Math.max(1_000, Math.min(12_000, ended - shown - 500)));
  const isTyped = ended - asked < LONGEST_INPUT_MS;
  return isTyped
    ? [
        ['challenge_shown', shown],
        ['first_input', typed],
      ]
    : [['challenge_shown', shown]];
}
