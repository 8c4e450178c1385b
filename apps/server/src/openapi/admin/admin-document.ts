import { permissionsOf } from '@app/operators';
import {
  listParameters,
  OPERATOR_ROLES,
  shapes,
  type AdminDemand,
  type AdminDescription,
  type BodyClass,
  type KeyedOnce,
  type RouteDescription,
} from '@app/platform';
import { API_VERSION } from '../../front-door';
import {
  json,
  schemaRef,
  type JsonSchema,
  type Method,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  type PathItem,
  type Response,
  type Schemas,
} from '../document.types';
import { ADDRESS } from '../examples';
import { OTHER_SCHEMAS } from '../other.schemas';
import { refusalResponses, refusals, STANDARD_HEADERS } from '../responses';
import type { ServedRoute } from './served-routes';

/** Makes JSON schemas of the classes of bodies, by documented name, and of what is nested in them. */
export type SchemasOf = (classes: Readonly<Record<string, BodyClass>>) => Schemas;

const DESCRIPTION = `What the operators’ console does, and programs can do as well. A person signs in, gets a cookie, and sends \`X-Csrf-Token\` with whatever changes something; a service account gets a token. What one may do follows from the role (\`x-permission\`, \`x-least-role\`), and is about the merchants that one has: those of others are as if they were not there.

Lists take \`filter\`, \`sort\`, \`limit\`, \`after\` and \`fields\`, and answer \`{data, next, prev}\`.

What can be edited has a \`version\`. An edit that names it changes that version and no other: when somebody else was faster it answers 409 \`changed_meanwhile\` and changes nothing. An edit that names none changes whatever is there; of two edits of an operator at once one answers 409 all the same.`;

/** What refusals say here that they do not say to merchants. */
const WORDINGS = {
  '403': {
    description: 'Not with this role, not for some merchants only, without the CSRF token, or not in this state',
    codes: ['permission_missing'],
  },
  '404': { description: 'Nothing of that id among the merchants that the caller has', codes: ['merchant_not_found'] },
  '409': {
    description:
      'Somebody else was faster (`changed` says who, where the caller may know), it is there already, or the idempotency key named something else before',
    codes: ['changed_meanwhile'],
  },
  '413': { description: 'More than 256 KiB', codes: ['body_too_large'] },
  '422': {
    description: 'Validation failed; every failing field or parameter is named, and nothing was changed',
    codes: ['name_required', 'filter_status_invalid'],
  },
};

const READS: Operation['security'] = [{ Session: [] }, { Token: [] }];
const CHANGES: Operation['security'] = [{ Session: [], CsrfToken: [] }, { Token: [] }];

const { oneOf, orNull, text, time, told, whole } = shapes;

/** What errors say here beside their codes. */
const MORE_OF_ERRORS: Schemas = {
  changed: told(
    'With `changed_meanwhile`: whose change it was, where the caller may know',
    whole({
      at: time,
      act: text,
      by: whole({ kind: oneOf(['operator', 'service_account', 'command_line']), id: orNull(text), name: text }),
    }),
  ),
};

/** Its forms and answers are RFC 6749's. */
const TOKEN_ROUTE = 'POST auth/token';

/**
 * The document of the admin API. In: its routes as controllers declare them, and what is said of them; a route of which
 * nothing is said is left out. Addresses in it begin with `ADDRESS`, which whoever serves it replaces.
 * @throws Error for a description of a route that there is not, and for two schemas of one name
 */
export function buildAdminDocument(
  served: readonly ServedRoute[],
  descriptions: readonly AdminDescription[],
  schemasOf: SchemasOf,
): OpenApiDocument {
  const routes = new Map(served.map((one) => [one.route, one]));
  const schemas = named([
    ...descriptions.flatMap((one) => [one.schemas, pagesOf(one), bodiesOf(one, schemasOf)]),
    {
      Error: withMembers(OTHER_SCHEMAS['Error'] ?? {}, MORE_OF_ERRORS),
      TokenRequest: OTHER_SCHEMAS['TokenRequest'] ?? {},
    },
    { TokenError: OTHER_SCHEMAS['TokenError'] ?? {} },
  ]);
  const operations = descriptions.flatMap(({ tag, routes: described }) =>
    Object.entries(described).map(([route, description]) => {
      const known = routes.get(route);
      if (!known) throw new Error(`There is no ${route}, which the description of ${tag} has`);
      return { route, operation: operationOf(known, tag, description, schemas) };
    }),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countersign Admin API',
      version: API_VERSION,
      summary: 'What operators do',
      description: DESCRIPTION,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: ADDRESS, description: 'This server' }],
    tags: [...new Set(descriptions.map(({ tag }) => tag))].map((name) => ({ name, description: name })),
    paths: pathsOf(operations),
    webhooks: {},
    components: {
      securitySchemes: SECURITY_SCHEMES,
      parameters: {},
      responses: refusalResponses(WORDINGS),
      pathItems: {},
      schemas,
    },
  };
}

const SECURITY_SCHEMES = {
  Session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-countersign_session',
    description: 'A person’s session. Over plain http, which is for laptops, it is called `countersign_session`',
  },
  CsrfToken: { type: 'apiKey', in: 'header', name: 'X-Csrf-Token', description: 'Of the session: `GET auth/me`' },
  Token: { type: 'http', scheme: 'bearer', description: 'Of a service account: `POST auth/token`' },
  BasicClient: { type: 'http', scheme: 'basic', description: 'Client id and secret of a service account' },
} as const;

/** All schemas under their names. The same schema may come twice: libs that do not know each other have a `Reason` each. */
function named(parts: readonly Schemas[]): Schemas {
  const all: Record<string, JsonSchema> = {};
  for (const [name, schema] of parts.flatMap((part) => Object.entries(part))) {
    const known = all[name];
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) throw new Error(`Two schemas are called ${name}`);
    all[name] = schema;
  }
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const pageOf = (schema: string): string => `${schema}Page`;

/** A page for every schema that is listed; where `fields` are asked for, its items have these only. */
function pagesOf({ routes, schemas }: AdminDescription): Schemas {
  const listed = Object.values(routes).flatMap(({ list, answer }) => (list && answer !== undefined ? [answer] : []));
  const cursor = shapes.told('For `after`', shapes.orNull(shapes.text));
  return Object.fromEntries(
    listed.map((name) => [
      pageOf(name),
      shapes.whole({
        data: shapes.listOf({ ...schemas[name], required: ['id'], 'x-whole': name }),
        next: cursor,
        prev: cursor,
      }),
    ]),
  );
}

const bodyName = ({ id, body, bodyAlso }: RouteDescription): string | null => {
  // What is read apart is one route's own, and so is the name.
  if (bodyAlso) return `${id.charAt(0).toUpperCase()}${id.slice(1)}`;
  return body ? body.name.replace(/Dto$/, '') : null;
};

function bodiesOf({ routes }: AdminDescription, schemasOf: SchemasOf): Schemas {
  return named(
    Object.values(routes).map((route) => {
      const name = bodyName(route);
      if (name === null || !route.body) return {};
      const schemas = schemasOf({ [name]: route.body });
      return { ...schemas, [name]: withMembers(schemas[name] ?? {}, route.bodyAlso ?? {}) };
    }),
  );
}

const withMembers = (schema: JsonSchema, more: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  ...schema,
  properties: { ...(schema['properties'] as Schemas), ...more },
});

function pathsOf(operations: readonly { route: string; operation: Operation }[]): Record<string, PathItem> {
  const items: Record<string, PathItem> = {};
  for (const { route, operation } of operations) {
    const [verb = '', rest = ''] = route.split(' ');
    const path = `/admin/api/${rest.replace(/:(\w+)/g, '{$1}')}`;
    items[path] = { ...items[path], [verb.toLowerCase() as Method]: operation };
  }
  return Object.fromEntries(Object.entries(items).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function operationOf(served: ServedRoute, tag: string, description: RouteDescription, schemas: Schemas): Operation {
  const { route, demand } = served;
  const parameters = parametersOf(served, description);
  const isReading = route.startsWith('GET ');
  return {
    operationId: description.id,
    tags: [tag],
    summary: description.summary,
    ...(description.description !== undefined && { description: description.description }),
    security: demand === null ? [] : isReading ? READS : CHANGES,
    ...(demand && {
      'x-permission': demand.permission,
      'x-least-role': OPERATOR_ROLES.find((role) => permissionsOf(role).has(demand.permission)) ?? 'nobody',
      ...(demand.ofAllMerchants && { 'x-of-all-merchants': true as const }),
    }),
    ...(parameters.length > 0 && { parameters }),
    ...requestOf(description, schemas),
    responses: { ...answerOf(served, description), ...refusals(...refusalsOf(served, description)) },
    ...(route === TOKEN_ROUTE && TOKEN),
  };
}

const answer = (
  description: string,
  content?: Response['content'],
  headers: Response['headers'] = STANDARD_HEADERS,
): Response => ({
  description,
  headers,
  ...(content && { content }),
});

const TOKEN: Pick<Operation, 'security' | 'requestBody' | 'responses'> = {
  security: [{ BasicClient: [] }, {}],
  requestBody: {
    required: true,
    content: { 'application/x-www-form-urlencoded': { schema: schemaRef('TokenRequest') } },
  },
  responses: {
    '200': answer('A token', json('AdminToken')),
    '400': answer('No token', json('TokenError')),
    ...refusals('413', '415'),
  },
};

function parametersOf({ route, demand }: ServedRoute, { list, answerType, query = {} }: RouteDescription): Parameter[] {
  // A file has no pages.
  const isPaged = answerType === undefined;
  return [
    ...[...route.matchAll(/:(\w+)/g)].map(([, name = '']): Parameter => ({
      name,
      in: 'path',
      required: true,
      schema: shapes.text,
    })),
    ...(list ? listParameters(list) : [])
      .filter(({ name }) => isPaged || !['limit', 'after'].includes(name))
      .map(({ name, description, schema, isJson }): Parameter => ({
        name,
        in: 'query',
        description,
        ...(isJson ? { content: { 'application/json': { schema } } } : { schema }),
      })),
    ...Object.entries(query).map(([name, parameter]): Parameter => ({ name, in: 'query', ...parameter })),
    ...(takesKey(demand) ? [KEYS[demand.once]] : []),
  ];
}

const key = (description: string): Parameter => ({
  name: 'Idempotency-Key',
  in: 'header',
  description,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
});

type KeyedDemand = AdminDemand & { readonly once: KeyedOnce };

const takesKey = (demand: AdminDemand | null): demand is KeyedDemand =>
  demand !== null && demand.once !== null && demand.once !== 'harmless';

const AGAIN = key('One for each intent: the same again has its effect once, and is answered alike for a day');
const KEYS: Readonly<Record<KeyedOnce, Parameter>> = {
  answered: AGAIN,
  by_itself: key(
    'One for each intent: the same again has its effect once, and tells for a day how that stands by then',
  ),
  told_once: key(
    'One for each intent: the same again has its effect once, and answers 409 `idempotent_answer_gone`, because what is told once is not kept',
  ),
};

const replayed = (description: string): Response['headers'] => ({
  'Idempotent-Replayed': { description, schema: { type: 'string', const: 'true' } },
});

/** What the answer to a repeat has besides. What is told once has no second answer. */
const REPLAYED: Readonly<Record<KeyedOnce, Response['headers']>> = {
  answered: replayed('With an answer that was made before, for the first request with this key'),
  by_itself: replayed('Where it was done before, by the first request with this key'),
  told_once: {},
};

function requestOf(description: RouteDescription, schemas: Schemas): Pick<Operation, 'requestBody'> {
  const name = bodyName(description);
  if (name === null) return {};
  const required = schemas[name]?.['required'] !== undefined;
  return { requestBody: { required, content: json(name) } };
}

function answerOf(served: ServedRoute, description: RouteDescription): Record<string, Response> {
  const { answer: schema, answerType, list, answerStatus: status = served.status } = description;
  const headers = { ...STANDARD_HEADERS, ...(takesKey(served.demand) && REPLAYED[served.demand.once]) };
  if (answerType !== undefined) {
    const types = [answerType].flat().map((type) => [type, { schema: shapes.text }] as const);
    return { [status]: answer('Done', Object.fromEntries(types), headers) };
  }
  const content = schema === undefined ? undefined : json(list ? pageOf(schema) : schema);
  return { [status]: answer('Done', content, headers) };
}

function refusalsOf({ route, demand }: ServedRoute, { body, list, query, refusals: more = [] }: RouteDescription) {
  const statuses = [
    ...(demand === null ? [] : [401, 403]),
    ...(route.includes(':') ? [404] : []),
    ...(route.startsWith('GET ') ? [] : [400, 413, 415]),
    ...(body || list || query ? [422] : []),
    ...(takesKey(demand) ? [409, 422] : []),
    ...more,
  ];
  return new Set(statuses.map(String));
}
