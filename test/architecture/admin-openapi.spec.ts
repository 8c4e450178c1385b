import 'reflect-metadata';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { servedRoutes } from '../../apps/server/src/openapi/admin/served-routes';
import { readModuleGraph } from './module-graph';

const ROOT = resolve(__dirname, '../..');
const BUILT = join(ROOT, 'dist/apps/server/apps/server/src/openapi/admin-openapi.json');

interface Described {
  operationId: string;
  'x-permission'?: string;
  'x-least-role'?: string;
  'x-of-all-merchants'?: true;
  security: object[];
  responses: Record<string, { headers?: object }>;
}

interface Document {
  paths: Record<string, Record<string, Described>>;
}

let document: Document;

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' });
  document = JSON.parse(readFileSync(BUILT, 'utf8')) as Document;
}, 180_000);

/** The operations, by method and path as controllers write them. */
const described = (): Map<string, Described> =>
  new Map(
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([verb, operation]): [string, Described] => [
        `${verb.toUpperCase()} ${path.replace('/admin/api/', '').replace(/\{(\w+)\}/g, ':$1')}`,
        operation,
      ]),
    ),
  );

describe('the document of the admin API', () => {
  it('is OpenAPI 3.1', async () => {
    const { Validator } = await import('@seriousme/openapi-schema-validator');

    expect(await new Validator().validate(structuredClone({ ...document }))).toEqual({ valid: true });
  });

  it('has no reference that leads nowhere', () => {
    const targets = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    const lost = targets.filter(
      (path) =>
        path.split('/').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document) ===
        undefined,
    );

    expect(targets.length).toBeGreaterThan(100);
    expect(lost).toEqual([]);
  });

  it('describes every route of the server that runs: what is missing goes into a *.description.ts beside its controller', async () => {
    const { controllers } = await readModuleGraph();

    expect([...described().keys()].sort()).toEqual(
      servedRoutes(controllers)
        .map(({ route }) => route)
        .sort(),
    );
  });

  it('is what the console’s types are made of: `npm run build && npm run api:types` makes them again', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/api-types.mjs', '--check'], { cwd: ROOT });

    expect([status, String(stderr)]).toEqual([0, '']);
  });

  it('names every operation once', () => {
    const names = [...described().values()].map(({ operationId }) => operationId);

    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('tells what each route takes', () => {
    const tells = (route: string): Described | undefined => described().get(route);

    expect(tells('GET sessions')).toMatchObject({
      'x-permission': 'sessions.read',
      'x-least-role': 'viewer',
      security: [{ Session: [] }, { Token: [] }],
    });
    expect(tells('POST merchants')).toMatchObject({
      'x-permission': 'merchants.create',
      'x-least-role': 'admin',
      'x-of-all-merchants': true,
      security: [{ Session: [], CsrfToken: [] }, { Token: [] }],
    });
    expect(tells('POST auth/sign-in')?.security).toEqual([]);
  });

  it.each([
    ['POST merchants', '201', true],
    ['POST sessions/:id/retry', '200', true],
    ['POST channels', '201', false],
    ['GET sessions', '200', false],
  ])('tells whether a repeat is answered again: %s', (route, status, isReplayed) => {
    const answer = described().get(route)?.responses[status];

    expect(answer?.headers).toHaveProperty('Cko-Request-Id');
    expect('Idempotent-Replayed' in (answer?.headers ?? {})).toBe(isReplayed);
  });
});
