/** Turns JSON schemas into TypeScript types: those keywords that our own documents have (libs/platform/src/description). */

const isName = (name) => /^[A-Za-z_$][\w$]*$/.test(name);
const propertyName = (name) => (isName(name) ? name : JSON.stringify(name));
const literals = (values) => values.map((value) => JSON.stringify(value)).join(' | ');

const SCALARS = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

const comment = ({ description }) =>
  description === undefined ? '' : `/** ${description.replaceAll('*/', '* /')} */\n`;

function objectType({ properties, required = [], additionalProperties }) {
  if (properties === undefined) {
    const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown';
    return `Readonly<Record<string, ${values}>>`;
  }
  const members = Object.entries(properties).map(
    ([name, schema]) =>
      `${comment(schema)}readonly ${propertyName(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`,
  );
  return `{ ${members.join('\n')} }`;
}

/** The type of what a schema lets through, in terms of `Schemas['…']`. Throws where a schema says what no type here can. */
export function typeOf(schema) {
  // Without `fields`, which nobody here sends, items of a page are whole.
  if (schema['x-whole'] !== undefined) return `Schemas['${schema['x-whole']}']`;
  if (schema.$ref !== undefined) return `Schemas['${schema.$ref.split('/').at(-1)}']`;
  if (schema.anyOf?.every((one) => 'type' in one || '$ref' in one || 'anyOf' in one))
    return [...new Set(schema.anyOf.map(typeOf))].join(' | ');
  if (schema.const !== undefined) return literals([schema.const]);
  if (schema.enum !== undefined) return literals(schema.enum);
  if (schema.type === 'array') return `readonly (${typeOf(schema.items)})[]`;
  if (schema.type === 'object') return objectType(schema);
  const scalar = SCALARS[schema.type];
  if (scalar === undefined) throw new Error(`No type is known for the schema ${JSON.stringify(schema)}`);
  return scalar;
}

const jsonOf = (content) => content?.['application/json']?.schema;

/** What is answered when all is well; null where nothing is. */
function answerType(responses) {
  const [, { content }] = Object.entries(responses).find(([status]) => Number(status) < 400);
  if (content === undefined) return 'null';
  const schema = jsonOf(content);
  return schema ? typeOf(schema) : 'string';
}

function queryType(parameters) {
  const query = parameters.filter((one) => one.in === 'query');
  const members = query.map(
    (one) =>
      `readonly ${propertyName(one.name)}${one.required ? '' : '?'}: ${one.schema ? typeOf(one.schema) : 'string'};`,
  );
  return members.length === 0 ? 'NoQuery' : `{ ${members.join(' ')} }`;
}

function routeType({ requestBody, responses, parameters = [] }) {
  const body = requestBody && jsonOf(requestBody.content);
  return `{
    readonly query: ${queryType(parameters)};
    readonly body: ${body ? `${typeOf(body)}${requestBody.required ? '' : ' | undefined'}` : 'undefined'};
    readonly answer: ${answerType(responses)};
  }`;
}

/** The types of a whole document: its schemas, and its routes by method and path below `base`. */
export function typesOf({ paths, components }, base) {
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(
      ([verb, operation]) =>
        `/** ${operation.summary} */\n'${verb.toUpperCase()} ${path.slice(base.length)}': ${routeType(operation)};`,
    ),
  );
  const schemas = Object.entries(components.schemas).map(([name, schema]) => `readonly ${name}: ${typeOf(schema)};`);
  return `type NoQuery = Readonly<Record<string, never>>;

/** What is sent and answered, by the names of the document. */
export interface Schemas { ${schemas.join('\n')} }

/** Every route, by method and path. */
export interface Routes { ${routes.join('\n\n')} }
`;
}
