import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { ADMIN_DEMAND, OPERATOR_ROLES, type OperatorRole } from '@app/platform';
import { methodsOf, readModuleGraph } from '../architecture/module-graph';
import {
  ADMIN_ROUTES,
  isOfRole,
  type AdminRouteCase,
  type AdminWorld,
  type MerchantThings,
} from '../support/admin-routes';
import { adminWorld } from '../support/admin-world';
import type { Answer } from '../support/api';
import { expectRefusal } from '../support/calls';
import { ConsoleClient, demoOperator, inviteAndSignIn, serviceAccount } from '../support/console';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(120_000);

type Scope = 'all merchants' | 'one merchant';

let product: Product;
let admin: ConsoleClient;
let world: AdminWorld;

beforeAll(async () => {
  product = await startProduct();
  admin = await demoOperator(product);
  world = await adminWorld(product, admin);
}, 120_000);

afterAll(() => product.stop());

const merchantsOf = (scope: Scope): object =>
  scope === 'all merchants' ? { all_merchants: true } : { merchant_ids: [world.ours.merchant] };

const person = (role: OperatorRole, scope: Scope): Promise<ConsoleClient> => {
  const email = `${role}.${scope.replace(' ', '.')}@example.com`;
  return inviteAndSignIn(product, email, 'gravel lantern tiger', { role, ...merchantsOf(scope) });
};

const program = async (role: OperatorRole, scope: Scope): Promise<ConsoleClient> =>
  (await serviceAccount(product, admin, { role, ...merchantsOf(scope) })).client;

const methodOf = (route: string): string => route.split(' ')[0] ?? '';

function call(client: ConsoleClient, route: string, things: MerchantThings, headers = {}): Promise<Answer> {
  const { path, body } = ADMIN_ROUTES[route] as AdminRouteCase;
  return client.call(methodOf(route), path(things), body, headers);
}

/** Answers to somebody who is let in, whatever then comes of it. */
const LET_IN = [200, 201, 204, 403, 409, 422];

/** The guarded routes of the server that runs, by the modules that it is made of. */
async function guardedRoutes(): Promise<string[]> {
  const { controllers } = await readModuleGraph();
  return controllers.flatMap((controller) => {
    const base = String(Reflect.getMetadata('path', controller));
    return methodsOf(controller).flatMap(([, method]) => {
      if (Reflect.getMetadata(ADMIN_DEMAND, method) === undefined) return [];
      const verb = RequestMethod[Reflect.getMetadata('method', method) as RequestMethod];
      const path = [base, String(Reflect.getMetadata('path', method))].join('/').split('/').filter(Boolean).join('/');
      return [`${verb} ${path.replace(/^admin\/api\//, '')}`];
    });
  });
}

it('has every guarded route of the admin API in its table', async () => {
  expect((await guardedRoutes()).sort()).toEqual(Object.keys(ADMIN_ROUTES).sort());
});

describe.each(Object.keys(ADMIN_ROUTES))('%s', (route) => {
  it('is closed to who is not signed in, whatever they send', async () => {
    const stranger = new ConsoleClient(product);
    stranger.csrf = 'a'.repeat(43);

    expectRefusal(await call(stranger, route, world.ours), 401, 'forbidden', 'unauthorized');
  });

  it('is closed to tokens of merchants and secrets of sessions', async () => {
    for (const authorization of [`Bearer ${product.demo.clientSecret}`, `sek_${'a'.repeat(43)}=`])
      expectRefusal(
        await call(new ConsoleClient(product), route, world.ours, { authorization }),
        401,
        'forbidden',
        'unauthorized',
      );
  });

  if (methodOf(route) !== 'GET') {
    it('is closed to a page of another site, which has the cookie and not the token', async () => {
      expectRefusal(
        await call(admin, route, world.ours, { 'x-csrf-token': undefined }),
        403,
        'operation_not_allowed',
        'csrf_token_invalid',
      );
    });
  }
});

describe.each([
  ['a person', person],
  ['a program', program],
] as const)('%s', (_kind, come) => {
  describe.each(
    OPERATOR_ROLES.flatMap((role) =>
      (['all merchants', 'one merchant'] as const).map((scope) => [role, scope] as const),
    ),
  )('as %s of %s', (role, scope) => {
    let client: ConsoleClient;

    beforeAll(async () => {
      client = await come(role, scope);
    });

    it.each(Object.entries(ADMIN_ROUTES))('calls %s as the table says', async (route, one) => {
      const { ofAllMerchants, foreign, isDoneOnce } = one;
      const answer = await call(client, route, world.ours);

      if (!isOfRole(one, role)) return expectRefusal(answer, 403, 'operation_not_allowed', 'permission_missing');
      if (ofAllMerchants && scope === 'one merchant')
        return expectRefusal(answer, 403, 'operation_not_allowed', 'merchant_scope_insufficient');
      expect(LET_IN).toContain(answer.status);
      expect(answer.body['error_codes'] ?? []).not.toContain('permission_missing');
      if (foreign === undefined) return;
      const other = await call(client, route, world.theirs);
      if (scope === 'all merchants') {
        // What somebody did before, or the server is just doing by itself, is refused for one merchant and done for the other.
        const mayDiffer = isDoneOnce || [answer.status, other.status].includes(409);
        expect(mayDiffer ? LET_IN : [answer.status]).toContain(other.status);
        expect(other.body['error_codes'] ?? []).not.toContain('permission_missing');
      } else if (foreign === 'not_found') expect(other.status).toBe(404);
      for (const trace of scope === 'one merchant' ? Object.values(world.theirs) : [])
        expect(JSON.stringify(other.body)).not.toContain(trace);
    });
  });
});

it('leaves no secret in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
