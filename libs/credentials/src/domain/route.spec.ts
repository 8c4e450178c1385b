import fc from 'fast-check';
import {
  chooseRoute,
  connectorsOf,
  plainRoute,
  ROUTE_FLOWS,
  routeProblems,
  type Route,
  type RouteQuestion,
} from './route';

const NAMES = ['emv3ds', 'checkout'];
const EUR: RouteQuestion = { scheme: 'visa', currency: 'EUR', amountMinor: 1000, flow: 'browser' };

describe('the choice of a route', () => {
  it('gives every connector of a plain route, in its order', () => {
    expect(chooseRoute(plainRoute(['checkout', 'emv3ds']), EUR)).toEqual(['checkout', 'emv3ds']);
  });

  const conditional = (when: object): Route => [{ connector: 'checkout', when }, { connector: 'emv3ds' }];

  it.each([
    ['a scheme', { schemes: ['visa', 'amex'] }, { scheme: 'visa' }, { scheme: 'jcb' }],
    ['a currency', { currencies: ['EUR'] }, { currency: 'EUR' }, { currency: 'USD' }],
    ['a least amount', { minAmountMinor: 1000 }, { amountMinor: 1000 }, { amountMinor: 999 }],
    ['a greatest amount', { maxAmountMinor: 1000 }, { amountMinor: 1000 }, { amountMinor: 1001 }],
    ['a flow', { flows: ['app'] }, { flow: 'app' }, { flow: 'browser' }],
  ] as const)('asks a connector only where its condition holds: %s', (_, when, holds, fails) => {
    expect(chooseRoute(conditional(when), { ...EUR, ...holds })).toEqual(['checkout', 'emv3ds']);
    expect(chooseRoute(conditional(when), { ...EUR, ...fails })).toEqual(['emv3ds']);
  });

  it('wants all conditions of an entry at once', () => {
    const route = conditional({ schemes: ['visa'], currencies: ['EUR'], minAmountMinor: 500 });

    expect(chooseRoute(route, EUR)).toEqual(['checkout', 'emv3ds']);
    expect(chooseRoute(route, { ...EUR, amountMinor: 499 })).toEqual(['emv3ds']);
  });

  it('takes no entry for certain schemes where nobody knows the scheme', () => {
    const { scheme: _, ...unknown } = EUR;

    expect(chooseRoute(conditional({ schemes: ['visa'] }), unknown)).toEqual(['emv3ds']);
  });

  it('gives none when no entry counts', () => {
    expect(chooseRoute([{ connector: 'emv3ds', when: { currencies: ['USD'] } }], EUR)).toEqual([]);
  });

  it('names a connector once, where it counts first', () => {
    const route: Route = [
      { connector: 'checkout', when: { currencies: ['USD'] } },
      { connector: 'emv3ds', when: { schemes: ['visa'] } },
      { connector: 'checkout' },
      { connector: 'emv3ds' },
    ];

    expect(chooseRoute(route, EUR)).toEqual(['emv3ds', 'checkout']);
    expect(chooseRoute(route, { ...EUR, currency: 'USD' })).toEqual(['checkout', 'emv3ds']);
    expect(connectorsOf(route)).toEqual(['checkout', 'emv3ds']);
  });
});

describe('the rules of a route', () => {
  const paths = (route: unknown): string[] => routeProblems(route, NAMES).map(({ path }) => path);

  it.each([
    ['nothing', undefined, ['route']],
    ['no list', { connector: 'emv3ds' }, ['route']],
    ['an empty list', [], ['route']],
    ['an entry that is none', ['emv3ds', null], ['route[0]', 'route[1]']],
    ['no connector', [{}], ['route[0].connector']],
    ['an unknown connector', [{ connector: 'emv3ds' }, { connector: 'stripe' }], ['route[1].connector']],
    ['a mistyped member', [{ connector: 'emv3ds', if: {} }], ['route[0].if']],
    ['conditions that are none', [{ connector: 'emv3ds', when: [] }], ['route[0].when']],
    ['a mistyped condition', [{ connector: 'emv3ds', when: { currency: ['EUR'] } }], ['route[0].when.currency']],
    ['no scheme at all', [{ connector: 'emv3ds', when: { schemes: [] } }], ['route[0].when.schemes']],
    ['an unknown scheme', [{ connector: 'emv3ds', when: { schemes: ['maestro'] } }], ['route[0].when.schemes']],
    ['a scheme twice', [{ connector: 'emv3ds', when: { schemes: ['visa', 'visa'] } }], ['route[0].when.schemes']],
    ['an unknown currency', [{ connector: 'emv3ds', when: { currencies: ['eur'] } }], ['route[0].when.currencies']],
    ['half a cent', [{ connector: 'emv3ds', when: { minAmountMinor: 0.5 } }], ['route[0].when.minAmountMinor']],
    ['less than nothing', [{ connector: 'emv3ds', when: { maxAmountMinor: -1 } }], ['route[0].when.maxAmountMinor']],
    [
      'amounts that no session has',
      [{ connector: 'emv3ds', when: { minAmountMinor: 2, maxAmountMinor: 1 } }],
      ['route[0].when.maxAmountMinor'],
    ],
    ['an unknown flow', [{ connector: 'emv3ds', when: { flows: ['hosted'] } }], ['route[0].when.flows']],
    ['an entry that is never reached', [{ connector: 'emv3ds', when: {} }, { connector: 'emv3ds' }], ['route[1]']],
  ])('refuse %s, by name', (_, route, expected) => {
    expect(paths(route)).toEqual(expected);
  });

  it('accept every condition, and a connector again below its conditions', () => {
    const when = {
      schemes: ['visa'],
      currencies: ['EUR'],
      minAmountMinor: 0,
      maxAmountMinor: 0,
      flows: [...ROUTE_FLOWS],
    };

    expect(paths([{ connector: 'checkout', when }, { connector: 'emv3ds' }, { connector: 'checkout' }])).toEqual([]);
  });

  it('never throw', () => {
    fc.assert(fc.property(fc.anything(), (route) => expect(Array.isArray(routeProblems(route, NAMES))).toBe(true)));
    fc.assert(
      fc.property(fc.array(fc.record({ connector: fc.constant('emv3ds'), when: fc.anything() })), (route) =>
        expect(Array.isArray(routeProblems(route, NAMES))).toBe(true),
      ),
    );
  });
});
