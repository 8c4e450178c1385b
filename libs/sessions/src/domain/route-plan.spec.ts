import type { AttemptRequest, Plan } from '@app/authentication-port';
import { aDevice, anApp, TRANSACTION_ID } from '../testing/sessions';
import type { Planned } from './new-session';
import { goesOutAtOnce, isMethodHeard, planRoute, routeStory, type RouteCandidate } from './route-plan';

const REQUEST = {} as AttemptRequest;
const PLANNED: Planned = {
  outcome: 'planned',
  scheme: 'visa',
  protocolVersion: '2.2.0',
  transactionId: TRANSACTION_ID,
  directoryServer: { id: 'A000000003' },
  state: {},
};

const candidate = (id: string, plan: Plan = PLANNED, isHealthy = true): RouteCandidate => ({
  connector: { id, plan: () => plan },
  isHealthy,
});
const refusing = (id: string, code: string): RouteCandidate => candidate(id, { outcome: 'refused', code });

describe('planning a route', () => {
  it('takes the first connector that takes the request, and keeps the others', () => {
    const [first, second, third] = [refusing('a', 'scheme_not_supported'), candidate('b'), candidate('c')];

    const route = planRoute([first, second, third], REQUEST);

    expect(route).toMatchObject({ outcome: 'planned', connector: { id: 'b' }, passed: { a: 'scheme_not_supported' } });
    expect(route).toHaveProperty('rest', [third]);
  });

  it.each(['card_not_enrolled', 'issuer_not_enrolled'])('ends at %s: no other connector would know better', (code) => {
    expect(planRoute([refusing('a', code), candidate('b')], REQUEST)).toMatchObject({ outcome: 'refused', code });
  });

  it('gives the first connector’s word where none takes it', () => {
    const route = planRoute([refusing('a', 'source_not_supported'), refusing('b', 'scheme_not_supported')], REQUEST);

    expect(route).toMatchObject({ outcome: 'refused', connector: { id: 'a' }, code: 'source_not_supported' });
  });

  it('tells a story where there was a choice, and none where there was not', () => {
    const one = [candidate('a')];
    const many = [refusing('a', 'scheme_not_supported'), candidate('b'), candidate('c', PLANNED, false)];

    expect(routeStory(one, planRoute(one, REQUEST))).toEqual({});
    expect(routeStory(many, planRoute(many, REQUEST))).toEqual({
      route: [
        { connector: 'a', outcome: 'passed', code: 'scheme_not_supported' },
        { connector: 'b', outcome: 'chosen' },
        { connector: 'c', outcome: 'in_reserve', isHealthy: false },
      ],
    });
  });
});

describe('the 3DS Method of a plan', () => {
  const withMethod = { ...PLANNED, methodUrl: 'https://issuer.example/method' };
  const atCreation = { ...PLANNED, startsAt: 'creation' as const };

  it.each([
    ['no method', PLANNED, aDevice(), null, true],
    ['a method that nobody ran', withMethod, aDevice(), null, false],
    ['a method about which U says nothing', withMethod, aDevice(), 'U', false],
    ['a method that ran', withMethod, aDevice(), 'Y', true],
    ['a method that ran into its time', withMethod, aDevice(), 'N', true],
    ['a method that no app runs', withMethod, anApp(), null, true],
    ['a method that only the upstream knows of', atCreation, aDevice(), null, false],
  ] as const)('has had its turn or not: %s', (_what, plan, device, said, heard) => {
    expect(isMethodHeard(plan, device, said)).toBe(heard);
  });

  it('holds a request back, but for an upstream that decides by itself', () => {
    expect(goesOutAtOnce(withMethod, aDevice(), null)).toBe(false);
    expect(goesOutAtOnce(withMethod, aDevice(), 'Y')).toBe(true);
    expect(goesOutAtOnce(atCreation, aDevice(), null)).toBe(true);
  });

  it.each([PLANNED, atCreation])('matters not while there is no device data', (plan) => {
    expect(goesOutAtOnce(plan, null, 'Y')).toBe(false);
  });
});
