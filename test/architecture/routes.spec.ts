import 'reflect-metadata';
import { RequestMethod, UseGuards, Controller, Get, type Type } from '@nestjs/common';
import { ADMIN_DEMAND, AdminGuard, createLogger, loadConfig, PERMISSIONS, type AdminDemand } from '@app/platform';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { AppModule } from '../../apps/server/src/app.module';
import { createDataSource } from '../../apps/server/src/data-source';
import { createFrontDoor } from '../../apps/server/src/front-door';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { methodsOf, readModuleGraph } from './module-graph';

/** Routes that answer whoever calls, and why that is right. Every other route must have a guard. */
const PUBLIC: Record<string, string> = {
  'POST /connect/token': 'it is where credentials are shown; it checks them itself',
  'GET /.well-known/jwks.json': 'public keys',
  'GET /openapi.json': 'the description of the API; it tells what the contract says and nothing of anybody',
  'GET /docs': 'the same as a page',
  'GET /health/live': 'load balancers have no credentials; it tells nothing but that the process runs',
  'GET /health/ready': 'load balancers have no credentials; it tells names of parts only',
  'GET /metrics': 'scraped from inside; numbers without ids',
  'POST /3ds/challenge-notification': 'the cardholder’s browser posts here; it changes no result and tells nothing',
  'POST /3ds/method-notification':
    'the issuer’s frame posts here; it stores nothing and hands an id back to the page around it',
  'GET /js/countersign.json': 'names of public scripts',
  'GET /js/:name': 'scripts for everybody’s pages',
  'GET /hosted/assets/:file': 'scripts of our pages for cardholders, the same for everybody',
  'GET /hosted/finished': 'a page that says that it is over, the same for everybody',
  'GET /fields/card': 'an empty page in which the cardholder types; its public key is no secret',
  'GET /admin': 'the console’s page, the same for everybody; what it shows comes from the guarded API',
  'GET /admin/*': 'the same page',
  'GET /admin/assets/:name': 'what the page is made of',
  'GET /hosted/logos/:hash': 'a shop’s logo, which it shows to everybody',
  'OPTIONS /sessions/:id': 'a preflight carries no credential; the answer is the same for everybody',
  'OPTIONS /sessions/:id/collect-data': 'the same',
  'OPTIONS /sessions/:id/issuer-fingerprint': 'the same',
  'OPTIONS /sessions/:id/complete': 'the same',
  'OPTIONS /tokens': 'the same',
  'POST /admin/api/auth/sign-in': 'it is where passwords are shown; it checks them itself',
  'GET /admin/api/auth/sign-in': 'tells which ways in there are, the same for everybody',
  'POST /admin/api/auth/oidc/begin': 'leads to the identity provider; tells nothing of anybody',
  'GET /admin/api/auth/oidc/return': 'it is where the provider’s word is shown; it checks it itself',
  'POST /admin/api/auth/oidc/second-factor': 'it is where a second factor is shown; it checks it itself',
  'POST /admin/api/auth/token': 'it is where credentials are shown; it checks them itself',
  'POST /admin/api/auth/invitations/accept': 'the token of the invitation is the credential',
  'POST /3ds/rreq': 'answers what is no result of anybody; nothing that comes here is believed',
  'POST /3ds/rreq/:proof': 'the address is the proof: only the AReq tells it (and mutual TLS can stand in front of us)',
  'POST /upstream/checkout/webhooks/:token':
    'a webhook proves itself by its signature; the address only says whose key',
  'POST /upstream/checkout/callbacks/:address':
    'the address is the proof: only the upstream is told it; it makes us ask',
  'POST /3ds/checkout/challenge/:address': 'the cardholder’s browser posts here; it changes no result',
};

interface Route {
  name: string;
  guards: Type[];
  demand: AdminDemand | undefined;
}

const guardsOn = (target: object): Type[] => (Reflect.getMetadata('__guards__', target) as Type[] | undefined) ?? [];

function pathsOf(target: object): string[] {
  const path = Reflect.getMetadata('path', target) as string | string[] | undefined;
  return path === undefined ? [] : [path].flat();
}

function routesOf(controller: Type): Route[] {
  return methodsOf(controller).flatMap(([, method]) => {
    const verb = Reflect.getMetadata('method', method) as RequestMethod | undefined;
    if (verb === undefined) return [];
    return pathsOf(controller).flatMap((base) =>
      pathsOf(method).map((path) => ({
        name: `${RequestMethod[verb]} /${[base, path].flatMap((part) => part.split('/').filter(Boolean)).join('/')}`,
        guards: [...guardsOn(controller), ...guardsOn(method)],
        demand: Reflect.getMetadata(ADMIN_DEMAND, method) as AdminDemand | undefined,
      })),
    );
  });
}

/** Every route that the started server has, however it was registered; HEAD comes with GET. */
async function servedRoutes(url: string): Promise<string[]> {
  const served: string[] = [];
  const config = loadConfig({ DATABASE_URL: url, COUNTERSIGN_KEK: randomBytes(32).toString('base64') });
  const door = createFrontDoor(config.http);
  door.getInstance<FastifyInstance>().addHook('onRoute', ({ method, url: path }) => {
    for (const verb of [method].flat()) if (verb !== 'HEAD') served.push(`${verb} ${path}`);
  });
  const dataSource = await createDataSource(url, 4).initialize();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot({ config, log: createLogger('silent'), dataSource }),
    door,
    { bodyParser: false, logger: false, abortOnError: false },
  );
  await app.init();
  await door.getInstance<FastifyInstance>().ready();
  await app.close();
  return served;
}

let test: TestDatabase;
let routes: Route[];
let guarded: string[];
let served: string[];

beforeAll(async () => {
  test = await createTestDatabase();
  routes = (await readModuleGraph()).controllers.flatMap(routesOf);
  guarded = routes.filter(({ guards }) => guards.length > 0).map(({ name }) => name);
  served = await servedRoutes(test.url);
});

afterAll(async () => {
  await test?.drop();
});

describe('the routes of the server', () => {
  it('have a guard, or stand in the list of public ones with the reason', () => {
    const open = served.filter((name) => !guarded.includes(name));

    expect(open.sort()).toEqual(Object.keys(PUBLIC).sort());
  });

  it('are found: the five of the Sessions API, guarded and served', () => {
    const five = [
      'POST /sessions',
      'GET /sessions/:id',
      'PUT /sessions/:id/collect-data',
      'PUT /sessions/:id/issuer-fingerprint',
      'POST /sessions/:id/complete',
    ];

    expect(guarded).toEqual(expect.arrayContaining(five) as string[]);
    expect(served).toEqual(expect.arrayContaining(five) as string[]);
  });

  it('of the admin API have its one guard and say which permission they take, but for those that stand in the list', () => {
    const admin = routes.filter(({ name }) => name.includes(' /admin/api/') && !(name in PUBLIC));

    expect(admin.length).toBeGreaterThan(3);
    for (const { name, guards, demand } of admin) {
      expect([name, guards]).toEqual([name, [AdminGuard]]);
      expect([name, PERMISSIONS]).toEqual([name, expect.arrayContaining([demand?.permission])]);
    }
  });

  it('of the admin API say what becomes of a repeated POST, and no others do', () => {
    const said = routes.filter(({ demand }) => demand && demand.once !== null).map(({ name }) => name);
    const posts = routes.filter(({ name, demand }) => demand && name.startsWith('POST ')).map(({ name }) => name);

    expect(said.sort()).toEqual(posts.sort());
    expect(posts.length).toBeGreaterThan(40);
  });

  it('that only the admin guard stands in front of are below /admin/api', () => {
    const admin = routes.filter(({ guards }) => guards.includes(AdminGuard));

    expect(admin.filter(({ name }) => !name.includes(' /admin/api/'))).toEqual([]);
  });

  it('have nothing of the simulator where there is none', () => {
    const ofSimulator = routes.map(({ name }) => name).filter((name) => name.includes('/admin/api/simulator'));

    expect(ofSimulator.length).toBeGreaterThan(3);
    expect(served.filter((name) => ofSimulator.includes(name))).toEqual([]);
  });

  it('are each declared once', () => {
    expect(served).toHaveLength(new Set(served).size);
  });
});

describe('the look for guards', () => {
  class SomeGuard {
    canActivate(): boolean {
      return false;
    }
  }

  @Controller('a')
  class SomeController {
    @Get('open')
    open(): void {}

    @Get()
    @UseGuards(SomeGuard)
    guarded(): void {}
  }

  it('sees which route of a controller has one', () => {
    expect(routesOf(SomeController)).toEqual([
      { name: 'GET /a/open', guards: [], demand: undefined },
      { name: 'GET /a', guards: [SomeGuard], demand: undefined },
    ]);
  });
});
