import { API_VERSION } from '../front-door';
import { AUTHORIZATION_SCHEMAS } from './authorization.schemas';
import { CARD_SCHEMAS } from './card.schemas';
import { schemaRef, type JsonSchema, type OpenApiDocument, type Schemas } from './document.types';
import { ADDRESS } from './examples';
import { PARAMETERS, PATH_ITEMS, PATHS } from './operations';
import { OTHER_SCHEMAS } from './other.schemas';
import { BY_CONNECTOR, NOTES, REQUEST_CLASSES, UNIONS } from './request.schemas';
import { refusalResponses } from './responses';
import { SESSION_SCHEMAS } from './session.schemas';

const DESCRIPTION = `A merchant’s backend creates a session for a card, the cardholder is authenticated by 3-D Secure, and the result can be taken to any payment gateway.

The wire contract is that of Checkout.com’s Standalone (Sessions) API: its SDKs work unchanged. What is ours alone is marked \`x-extension\`; what this version refuses with 501 is marked \`x-not-supported\`; what depends on the connectors of the processing channel is marked \`x-by-connector\`, with the code of the 501 where none carries it.`;

/**
 * The whole document. In: the schemas that were made from the classes of the request, by documented name. Addresses in it
 * begin with `ADDRESS`, which whoever serves it replaces.
 * @throws Error when a note, a union or a mark names what is not there
 */
export function buildDocument(fromClasses: Schemas): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countersign Sessions API',
      version: API_VERSION,
      summary: 'EMV 3-D Secure authentication for merchants’ backends',
      description: DESCRIPTION,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: ADDRESS, description: 'This server' }],
    tags: [
      { name: 'Access', description: 'Tokens for backends' },
      { name: 'Sessions', description: 'Authentication sessions' },
      { name: 'Cards', description: 'Cards that pages hand over, and cards that are kept' },
      { name: 'Callbacks', description: 'What we send to you' },
      { name: 'Health', description: 'For load balancers and orchestrators' },
    ],
    paths: PATHS,
    webhooks: { sessionCallback: { $ref: '#/components/pathItems/SessionCallback' } },
    components: {
      securitySchemes: {
        OAuth: {
          type: 'oauth2',
          description: 'An access token: `Authorization: Bearer …`',
          flows: {
            clientCredentials: {
              tokenUrl: `${ADDRESS}/connect/token`,
              scopes: {
                sessions: 'All sessions',
                'sessions:app': 'Authentication in mobile apps',
                'sessions:browser': 'Authentication in browsers',
              },
            },
          },
        },
        SessionSecret: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'The bare `sek_…` of the session, without `Bearer`; for that session only',
        },
        PublicKey: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description:
            'A public key of the processing channel, `pk_…`, with or without `Bearer`. It may stand in pages',
        },
        BasicClient: { type: 'http', scheme: 'basic', description: 'Client id and secret of an access key' },
      },
      parameters: PARAMETERS,
      responses: refusalResponses(),
      pathItems: PATH_ITEMS,
      schemas: {
        ...requestSchemas(fromClasses),
        ...SESSION_SCHEMAS,
        ...CARD_SCHEMAS,
        ...AUTHORIZATION_SCHEMAS,
        ...OTHER_SCHEMAS,
      },
    },
  };
}

/** The generated schemas with their notes, the members of unions with the word that tells them apart, and the unions. */
function requestSchemas(fromClasses: Schemas): Schemas {
  const schemas: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(fromClasses)) schemas[name] = annotated(name, schema);
  for (const name of Object.keys({ ...NOTES, ...BY_CONNECTOR, ...REQUEST_CLASSES })) {
    if (!schemas[name]) throw new Error(`No class of the request is called ${name}`);
  }
  for (const [name, { discriminator, description, variants }] of Object.entries(UNIONS)) {
    for (const [word, variant] of Object.entries(variants)) {
      schemas[variant] = discriminated(schemas[variant] ?? {}, discriminator, word);
    }
    schemas[name] = {
      description,
      oneOf: Object.values(variants).map(schemaRef),
      discriminator: {
        propertyName: discriminator,
        mapping: Object.fromEntries(Object.entries(variants).map(([word, variant]) => [word, schemaRef(variant).$ref])),
      },
    };
  }
  return schemas;
}

type Codes = Record<string, string | undefined>;

function annotated(name: string, schema: JsonSchema): JsonSchema {
  const properties = { ...(schema['properties'] as Record<string, JsonSchema>) };
  for (const [property, note] of Object.entries(NOTES[name] ?? {})) {
    const known = properties[property];
    if (!known) throw new Error(`${name} has no ${property}`);
    properties[property] = '$ref' in note ? note : { ...known, ...note };
  }
  const sometimes = (BY_CONNECTOR as Codes)[name];
  return {
    ...schema,
    properties,
    ...(sometimes && { 'x-by-connector': sometimes }),
  };
}

function discriminated(schema: JsonSchema, discriminator: string, word: string): JsonSchema {
  return {
    ...schema,
    required: [discriminator, ...((schema['required'] as string[] | undefined) ?? [])],
    properties: {
      [discriminator]: { type: 'string', const: word },
      ...(schema['properties'] as Record<string, JsonSchema>),
    },
  };
}
