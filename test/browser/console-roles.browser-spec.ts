/** What each role finds in the console: which screens are in its menu, and which acts are offered on them. */
import { OPERATOR_ROLES, type OperatorRole } from '@app/platform';
import type { Browser, Locator } from 'playwright-core';
import {
  ADMIN_ROUTES,
  isOfRole,
  type AdminRouteCase,
  type AdminWorld,
  type MerchantThings,
} from '../support/admin-routes';
import { adminWorld } from '../support/admin-world';
import { launchBrowser } from '../support/chromium';
import { demoOperator, inviteAndSignIn } from '../support/console';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(120_000);

/** What is offered, by the name of its button or link, and the route that it leads to. Who may use that is in `ADMIN_ROUTES`. */
type Acts = readonly (readonly [name: string | RegExp, route: string])[];

interface ScreenCase {
  readonly label: string;
  /** What the screen shows first. */
  readonly route: string;
  readonly acts?: Acts;
  /** What can be done with rows that are picked: without it none can be. */
  readonly bulk?: string;
  /** Of one thing. */
  readonly show?: { readonly id: (things: MerchantThings) => string; readonly acts: Acts };
}

/** Every screen of the console, by its address. */
const SCREENS: Readonly<Record<string, ScreenCase>> = {
  overview: { label: 'Overview', route: 'GET overview' },
  sessions: {
    label: 'Sessions',
    route: 'GET sessions',
    acts: [
      ['Export CSV', 'GET sessions/export'],
      ['Export NDJSON', 'GET sessions/export'],
    ],
    bulk: 'POST jobs',
    show: {
      id: ({ session }) => session,
      acts: [
        ['Re-sync', 'POST sessions/:id/re-sync'],
        ['Resend callback', 'POST sessions/:id/resend-callback'],
        ['End now', 'POST sessions/:id/expire'],
        ['Retry', 'POST sessions/:id/retry'],
        ['Reproduce', 'POST sessions/:id/reproduce'],
      ],
    },
  },
  callbacks: {
    label: 'Callbacks',
    route: 'GET callbacks',
    acts: [['Send all of these again', 'POST jobs']],
    bulk: 'POST jobs',
    show: { id: ({ callback }) => callback, acts: [['Send again', 'POST callbacks/:id/replay']] },
  },
  jobs: { label: 'Jobs', route: 'GET jobs', show: { id: ({ job }) => job, acts: [] } },
  merchants: {
    label: 'Merchants',
    route: 'GET merchants',
    acts: [['New merchant', 'POST merchants']],
    show: {
      id: ({ merchant }) => merchant,
      acts: [
        ['Rename', 'PATCH merchants/:id'],
        ['Suspend', 'POST merchants/:id/suspend'],
        ['New channel', 'POST channels'],
        ['Issue a key', 'POST access-keys'],
        ['New account', 'POST connector-accounts'],
      ],
    },
  },
  channels: {
    label: 'Channels',
    route: 'GET channels',
    show: {
      id: ({ channel }) => channel,
      acts: [
        ['Edit', 'PATCH channels/:id'],
        ['Edit the look', 'PATCH channels/:id/branding'],
        ['Set a record', 'PUT channels/:id/acquirers'],
        ['Replace the webhook secret', 'POST channels/:id/replace-webhook-secret'],
        ['New public key', 'POST public-keys'],
        ['Revoke', 'POST public-keys/:id/revoke'],
      ],
    },
  },
  'access-keys': {
    label: 'Access keys',
    route: 'GET access-keys',
    show: {
      id: ({ accessKey }) => accessKey,
      acts: [
        ['Rotate', 'POST access-keys/:id/rotate'],
        ['Revoke', 'POST access-keys/:id/revoke'],
      ],
    },
  },
  'connector-accounts': {
    label: 'Connector accounts',
    route: 'GET connector-accounts',
    show: {
      id: ({ connectorAccount }) => connectorAccount,
      acts: [
        ['Edit', 'PATCH connector-accounts/:id'],
        ['Set the expiry', 'PUT connector-accounts/:id/expiry'],
        ['Test now', 'POST connector-accounts/:id/test'],
        ['Rotate', 'POST connector-accounts/:id/rotate'],
        ['Disable', 'POST connector-accounts/:id/disable'],
        ['Add a key', 'POST connector-accounts/:id/webhook-keys'],
        ['Retire the older key', 'POST connector-accounts/:id/retire-webhook-key'],
        ['Replace the address', 'POST connector-accounts/:id/replace-webhook-address'],
      ],
    },
  },
  tokens: {
    label: 'Tokens',
    route: 'GET tokens',
    show: {
      id: ({ token }) => token,
      acts: [
        ['Refresh now', 'POST tokens/:id/refresh'],
        ['Drop', 'POST tokens/:id/drop'],
      ],
    },
  },
  'directory-servers': {
    label: 'Directory servers',
    route: 'GET directory-servers',
    acts: [['Look up a card', 'POST directory-servers/look-up']],
    show: { id: () => 'test-visa', acts: [['Refresh now', 'POST directory-servers/:id/refresh']] },
  },
  simulator: {
    label: 'Simulator',
    route: 'GET simulator',
    acts: [
      ['Make a test session', 'POST simulator/test-sessions'],
      [/^Try \d+$/, 'POST simulator/test-sessions'],
      [/^Change /, 'PUT simulator/faults'],
      ['Reset all', 'POST simulator/reset'],
    ],
  },
  reports: { label: 'Reports', route: 'GET reports', acts: [['Check now', 'POST reports/check']] },
  audit: { label: 'Audit log', route: 'GET audit', acts: [['Verify the chain', 'POST audit/verify']] },
  operators: {
    label: 'Users',
    route: 'GET operators',
    acts: [['Invite somebody', 'POST operators']],
    show: {
      id: ({ operator }) => operator,
      acts: [
        ['Edit', 'PATCH operators/:id'],
        ['New invitation', 'POST operators/:id/invitation'],
        ['Reset second factor', 'POST operators/:id/reset-second-factor'],
        ['End sessions', 'POST operators/:id/end-sessions'],
        ['Disable', 'POST operators/:id/disable'],
      ],
    },
  },
  'service-accounts': {
    label: 'Service accounts',
    route: 'GET service-accounts',
    acts: [['New service account', 'POST service-accounts']],
    show: { id: ({ serviceAccount }) => serviceAccount, acts: [['Revoke', 'POST service-accounts/:id/revoke']] },
  },
  system: { label: 'System', route: 'GET system' },
};

/** Acts without a button of their own on things as they are here: each is a part or the way back of one above. */
const NOT_OFFERED_AT_FIRST = [
  'POST jobs/preview',
  'POST jobs/:id/cancel',
  'POST merchants/:id/resume',
  'POST operators/:id/enable',
  'POST operators/:id/unlink-identity',
  'POST connector-accounts/:id/enable',
];

type Scope = 'all merchants' | 'one merchant';
const SEATS: readonly (readonly [OperatorRole, Scope])[] = [
  ...OPERATOR_ROLES.map((role) => [role, 'all merchants'] as const),
  ['admin', 'one merchant'],
];

let product: Product;
let browser: Browser;
let world: AdminWorld;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  world = await adminWorld(product, await demoOperator(product));
}, 120_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
});

const caseOf = (route: string): AdminRouteCase => ADMIN_ROUTES[route] as AdminRouteCase;

it('knows whom every act of the admin API is offered to', () => {
  const named = Object.values(SCREENS).flatMap(({ route, acts = [], bulk = [], show }) => [
    route,
    ...[...acts, ...(show?.acts ?? [])].map(([, of]) => of),
    ...[bulk].flat(),
  ]);
  const known = new Set([...named, ...NOT_OFFERED_AT_FIRST]);
  const acts = Object.keys(ADMIN_ROUTES).filter((route) => !route.startsWith('GET ') && !route.includes(' auth/'));

  expect(acts.filter((route) => !known.has(route))).toEqual([]);
  expect([...known].filter((route) => !(route in ADMIN_ROUTES))).toEqual([]);
});

describe.each(SEATS)('a %s of %s', (role, scope) => {
  let window: OperatorWindow;
  const may = (route: string): boolean => {
    const one = caseOf(route);
    return isOfRole(one, role) && (scope === 'all merchants' || !one.ofAllMerchants);
  };
  const main = (): Locator => window.page.getByRole('main');
  const offered = (name: string | RegExp): Locator => {
    const exactly = { name, exact: typeof name === 'string' };
    return main().getByRole('button', exactly).or(main().getByRole('link', exactly)).first();
  };

  /** Those that the role may are there, and then none of the others is. */
  async function expectActs(acts: Acts): Promise<void> {
    for (const [name, route] of acts) if (may(route)) await offered(name).waitFor();
    const others = acts.filter(([, route]) => !may(route));
    const shown = await Promise.all(others.map(async ([name]) => ((await offered(name).count()) > 0 ? [name] : [])));
    expect(shown.flat()).toEqual([]);
  }

  beforeAll(async () => {
    const grant = scope === 'all merchants' ? { all_merchants: true } : { merchant_ids: [world.ours.merchant] };
    const email = `${role}.${scope.replace(' ', '.')}@example.com`;
    const client = await inviteAndSignIn(product, email, 'gravel lantern tiger', { role, ...grant });
    window = await OperatorWindow.of(browser, product, client);
  });
  afterAll(() => window.close());

  it('has the screens in the menu that are for it', async () => {
    const links = window.page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
    await links.first().waitFor();
    const addresses = await Promise.all((await links.all()).map((link) => link.getAttribute('href')));

    const theirs = Object.entries(SCREENS).filter(([, { route }]) => may(route));
    expect(addresses).toEqual(theirs.map(([name]) => `/admin/${name}`));
  });

  it.each(Object.entries(SCREENS))('is offered what it may do at /%s', async (name, { label, route, ...one }) => {
    const { page } = window;
    if (!may(route)) {
      for (const path of [name, ...(one.show ? [`${name}/${one.show.id(world.ours)}`] : [])]) {
        await page.goto(`${product.apiUrl}/admin/${path}`);
        await page.getByText('It may be one that your role does not see').waitFor();
      }
      return;
    }
    await window.open(label);
    if (caseOf(route).foreign === 'not_listed') await main().locator('[data-row]').first().waitFor();
    await expectActs(one.acts ?? []);
    const picks = main().getByRole('checkbox', { name: /^Select / });
    const mayPick = one.bulk !== undefined && may(one.bulk);
    if (mayPick) await picks.first().waitFor();
    else expect(await picks.count()).toBe(0);

    if (!one.show) return;
    await window.goTo(`/${name}/${one.show.id(world.ours)}`);
    await main().getByRole('link', { name: label, exact: true }).waitFor();
    await expectActs(one.show.acts);
    if (scope === 'all merchants' || caseOf(`${route}/:id`).foreign !== 'not_found') return;
    await window.goTo(`/${name}/${one.show.id(world.theirs)}`);
    await main()
      .getByRole('heading', { name: /^No such / })
      .waitFor();
  });

  it('meets nothing else on the way', () => {
    expect(window.flawsBut(...(scope === 'one merchant' ? [404] : []))).toEqual([]);
  });
});
