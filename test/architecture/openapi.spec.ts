import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { POLICY } from '../../apps/server/src/openapi/page/page.style';
import { methodsOf, readModuleGraph } from './module-graph';
import { differences, type ApiDocument } from './openapi-compatibility';
import { LEDGER } from './openapi-ledger';

const ROOT = resolve(__dirname, '../..');
const BUILT = join(ROOT, 'dist/apps/server/apps/server/src/openapi');

/** Routes that are no part of the public API, and why. */
const LEFT_OUT: Record<string, string> = {
  'GET /metrics': 'for those who run the server; described in docs/operations.md',
  'GET /openapi.json': 'the document itself',
  'GET /docs': 'the same as a page',
  'POST /3ds/challenge-notification': 'for browsers on their way back from an issuer; EMV 3DS says what it takes',
  'POST /3ds/method-notification': 'for the issuer’s 3DS Method page; EMV 3DS says what it takes',
  'GET /js/countersign.json': 'described with countersign.js in docs/your-own-page.md',
  'GET /js/{name}': 'countersign.js itself; docs/your-own-page.md',
  'GET /hosted/finished': 'a page for people, at which nobody but a browser arrives',
  'GET /hosted/assets/{file}': 'the script of the hosted page; only that page asks for it',
  'GET /fields/card': 'the page of the card fields, for countersign.js; docs/your-own-page.md',
  'GET /hosted/{link}': 'the cardholder’s page; docs/security.md',
  'POST /hosted/{link}/continue': 'a form of that page',
  'POST /hosted/{link}/leave': 'the same',
  'POST /hosted/{link}/view': 'a call of that page’s script, which comes from us as well',
  'GET /hosted/{link}/state': 'the same',
  'GET /hosted/{link}/events': 'the same',
  'POST /hosted/{link}/device': 'the same',
  'POST /hosted/{link}/method': 'the same',
  'POST /hosted/{link}/challenge': 'the same',
  'POST /hosted/{link}/cancel': 'the same',
  'POST /hosted/{link}/legs': 'the same',
  'GET /admin': 'the operators’ console, a page',
  'GET /admin/*': 'the same',
  'GET /admin/assets/{name}': 'what that page is made of',
  'GET /hosted/logos/{hash}': 'a shop’s logo on the hosted page; only that page asks for it',
  'OPTIONS /sessions/{id}': 'a preflight, which browsers send by themselves',
  'OPTIONS /sessions/{id}/collect-data': 'the same',
  'OPTIONS /sessions/{id}/issuer-fingerprint': 'the same',
  'OPTIONS /sessions/{id}/complete': 'the same',
  'OPTIONS /tokens': 'the same',
};

interface Content {
  schema: object;
  examples?: Record<string, { value: unknown }>;
}

let ours: ApiDocument;
let page: string;
let reference: ApiDocument;

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' });
  ours = JSON.parse(readFileSync(join(BUILT, 'openapi.json'), 'utf8')) as ApiDocument;
  page = readFileSync(join(BUILT, 'openapi.html'), 'utf8');
  reference = parse(readFileSync(join(ROOT, 'test/fixtures/sessions-api.openapi.yaml'), 'utf8')) as ApiDocument;
}, 180_000);

/** Every object in a document, with the path to it. */
function* objectsIn(value: unknown, path: string[] = []): Generator<[path: string[], object: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Record<string, unknown>];
  for (const [name, member] of Object.entries(value)) yield* objectsIn(member, [...path, name]);
}

const operations = (document: ApiDocument): string[] =>
  Object.entries(document['paths'] as Record<string, object>).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => key !== 'parameters')
      .map((method) => `${method.toUpperCase()} ${path}`),
  );

describe('the OpenAPI document', () => {
  it('is one of version 3.1', async () => {
    const { Validator } = await import('@seriousme/openapi-schema-validator');

    expect(await new Validator().validate(structuredClone(ours))).toEqual({ valid: true });
  });

  it('has no reference that leads nowhere', () => {
    const targets = [...objectsIn(ours)].flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
    const lost = targets.filter(
      (target) =>
        target
          .slice(2)
          .split('/')
          .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], ours) === undefined,
    );

    expect(targets.length).toBeGreaterThan(100);
    expect(lost).toEqual([]);
  });

  it('has examples that keep to their schemas', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema({ $id: 'doc:', components: ours['components'] });
    const contents = [...objectsIn(ours)].flatMap(([path, one]) =>
      'examples' in one && 'schema' in one ? [[path.join(' '), one as unknown as Content] as const] : [],
    );
    const wrong = contents.flatMap(([path, { schema, examples }]) => {
      const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc:#/')) as object);
      return Object.entries(examples ?? {}).flatMap(([name, { value }]) =>
        check(value) ? [] : [`${path} ${name}: ${ajv.errorsText(check.errors)}`],
      );
    });

    expect(contents.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });

  it('has the rules of the classes that check requests', () => {
    const { schemas } = ours['components'] as { schemas: Record<string, Record<string, never>> };

    expect(schemas['SessionRequest']).toMatchObject({
      required: ['currency', 'source', 'completion'],
      properties: {
        currency: { type: 'string', pattern: '^[A-Z]{3}$' },
        amount: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
        account_info: { $ref: '#/components/schemas/AccountInfo' },
        preferred_experiences: { type: 'array', maxItems: 2, items: { enum: ['3ds', 'google_spa'] } },
      },
    });
    expect(schemas['CardSource']?.['required']).toEqual(
      expect.arrayContaining(['type', 'number', 'expiry_month', 'expiry_year']) as string[],
    );
  });

  it('describes every route of the server, except those that stand in a list with the reason', async () => {
    const { controllers } = await readModuleGraph();
    // Those of the admin API are no part of this one.
    const served = controllers.flatMap(routesOf).filter((route) => !route.includes(' /admin/api/'));

    expect([...operations(ours), ...Object.keys(LEFT_OUT)].sort()).toEqual(served.sort());
  });
});

function routesOf(controller: Type): string[] {
  const pathsOf = (target: object): string[] => [Reflect.getMetadata('path', target) as string | string[]].flat();
  return methodsOf(controller).flatMap(([, method]) => {
    const verb = Reflect.getMetadata('method', method) as RequestMethod | undefined;
    if (verb === undefined) return [];
    return pathsOf(method).map((own) => {
      const path = [...pathsOf(controller), own].flatMap((part) => part.split('/').filter(Boolean)).join('/');
      return `${RequestMethod[verb]} /${path.replace(/:(\w+)/g, '{$1}')}`;
    });
  });
}

describe('beside the contract that SDKs know', () => {
  it('every difference stands in the ledger with its reason, and nothing else does', () => {
    expect(differences(reference, ours).sort()).toEqual([...LEDGER.keys()].sort());
  });

  it('a document is compatible with itself', () => {
    expect(differences(reference, structuredClone(reference))).toEqual([]);
  });
});

type Place = (string | number)[];
type Change = (document: ApiDocument) => void;

const at = (document: unknown, place: Place): Record<string | number, unknown> =>
  place.reduce((value, name) => (value as Record<string | number, unknown>)[name], document) as Record<string, unknown>;
const without =
  (...place: Place): Change =>
  (document) =>
    delete at(document, place.slice(0, -1))[place.at(-1) ?? ''];
const withMembers =
  (members: object, ...place: Place): Change =>
  (document) =>
    Object.assign(at(document, place), members);
const withItem =
  (item: unknown, ...place: Place): Change =>
  (document) =>
    (at(document, place) as unknown as unknown[]).push(item);
const inSchema = (name: string, ...place: Place): Place => ['components', 'schemas', name, ...place];

/** A copy of the reference in which something was changed. */
function changed(...changes: Change[]): ApiDocument {
  const copy = structuredClone(reference);
  for (const change of changes) change(copy);
  return copy;
}

describe('the comparison finds', () => {
  const CREATE = ['paths', '/sessions', 'post'];

  it.each<[string, Change, string]>([
    ['an operation that is gone', without(...CREATE), 'POST /sessions: missing'],
    ['a status that is gone', without(...CREATE, 'responses', '202'), 'POST /sessions: no 202'],
    [
      'a success that no client expects',
      withMembers({ 200: { description: '' } }, ...CREATE, 'responses'),
      'POST /sessions: answers 200',
    ],
    [
      'a way in that is closed',
      without('paths', '/sessions/{id}', 'get', 'security', 2),
      'GET /sessions/{id}: no access by {"SessionSecret":[]}',
    ],
    [
      'a parameter that must be given',
      withItem({ name: 'x', in: 'query', required: true, schema: {} }, 'paths', '/sessions/{id}', 'get', 'parameters'),
      'GET /sessions/{id} query x: required',
    ],
    [
      'a field that became required',
      withItem('reference', ...inSchema('SessionRequest', 'required')),
      'request SessionRequest.reference: required',
    ],
    [
      'a field that is not taken any more',
      without(...inSchema('Phone', 'properties', 'number')),
      'request Phone.number: missing',
    ],
    [
      'a word that is not taken any more',
      withMembers({ enum: ['Y', 'N'] }, ...inSchema('ThreeDsMethodCompletion')),
      'request ThreeDsMethodCompletion: no U',
    ],
    [
      'a shorter text',
      withMembers({ maxLength: 49 }, ...inSchema('Address', 'properties', 'city')),
      'request Address.city: maxLength',
    ],
    [
      'another type',
      withMembers({ type: 'string' }, ...inSchema('CardSource', 'allOf', 1, 'properties', 'expiry_year')),
      'request CardSource.expiry_year: is string, not integer',
    ],
    [
      'a shape that was not asked for',
      withMembers({ pattern: '^x' }, ...inSchema('Address', 'properties', 'zip')),
      'request Address.zip: pattern',
    ],
    ['an answer without a field', without(...inSchema('Acs', 'properties', 'url')), 'response Acs.url: missing'],
    [
      'an answer with a new field that is not marked',
      withMembers({ mood: { type: 'string' } }, ...inSchema('Acs', 'properties')),
      'response Acs.mood: unmarked extension',
    ],
    [
      'an answer that is not always complete',
      without(...inSchema('Acs', 'required')),
      'response Acs.reference_number: not always there',
    ],
    [
      'a status that no client knows',
      withItem('odd', ...inSchema('Status', 'enum')),
      'response Status: unmarked word odd',
    ],
    [
      'a union without one of its members',
      without(...inSchema('Source', 'discriminator', 'mapping', 'id')),
      'request Source id: missing',
    ],
    [
      'a callback that is not sent',
      without(...CREATE, 'callbacks'),
      'POST /sessions callback sessionCompleted: missing',
    ],
  ])('%s', (_, change, difference) => {
    expect(differences(reference, changed(change))).toContain(difference);
  });

  it('no fault in what is wider: fewer demands, more words, longer texts, marked extensions', () => {
    const wider = changed(
      withMembers({ required: ['currency'] }, ...inSchema('SessionRequest')),
      withMembers({ 'x-extension-values': ['X'], enum: ['Y', 'N', 'U', 'X'] }, ...inSchema('ThreeDsMethodCompletion')),
      withMembers({ maxLength: 51 }, ...inSchema('Address', 'properties', 'city')),
      withMembers({ mood: { type: 'string', 'x-extension': true } }, ...inSchema('Acs', 'properties')),
    );

    expect(differences(reference, wider)).toEqual([]);
  });
});

describe('the page', () => {
  it('has every operation and every schema', () => {
    const names = Object.keys((ours['components'] as { schemas: object }).schemas);
    const ids = [...objectsIn(ours)].flatMap(([, { operationId }]) =>
      operationId ? [`op-${String(operationId as string)}`] : [],
    );

    for (const id of [...ids, ...names.map((name) => `schema-${name}`)]) expect(page).toContain(`id="${id}"`);
  });

  it('leads only to places of its own and to the document', () => {
    const targets = [...page.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, target = '']) => target);
    const lost = targets.filter((target) => target !== 'openapi.json' && !page.includes(`id="${target.slice(1)}"`));

    expect(lost).toEqual([]);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|style="|\son\w+="/);
  });

  it('has exactly the style sheet that its policy allows', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';

    expect(POLICY).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });
});
