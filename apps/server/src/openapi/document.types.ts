import type { JsonSchema } from '@app/platform';

export type { JsonSchema };

export type Schemas = Readonly<Record<string, JsonSchema>>;

/** What an operation answers, or is asked, with one media type. */
export interface Content {
  readonly schema: JsonSchema;
  readonly examples?: Readonly<Record<string, { readonly summary?: string; readonly value: unknown }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'header' | 'path' | 'query';
  readonly required?: boolean;
  readonly description?: string;
  /** Of a value as it stands; `content` is for one that is written in another format. */
  readonly schema?: JsonSchema;
  readonly content?: Readonly<Record<string, Content>>;
  /** Ours alone: the contract that we are compatible with does not have it. */
  readonly 'x-extension'?: true;
}

export interface Header {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly 'x-extension'?: true;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, Content>>;
}

/** A reference to another place in the document. */
export type Ref = Readonly<{ $ref: string }>;

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  /** Any one of them opens the operation; empty: open to all. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly (Parameter | Ref)[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly description?: string;
    readonly content: Readonly<Record<string, Content>>;
  };
  readonly responses: Readonly<Record<string, Response | Ref>>;
  readonly callbacks?: Readonly<Record<string, Readonly<Record<string, Ref>>>>;
  /** Of the admin API: the permission that it takes, the least role that has it, whether only for all merchants. */
  readonly 'x-permission'?: string;
  readonly 'x-least-role'?: string;
  readonly 'x-of-all-merchants'?: true;
}

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';
export type PathItem = Readonly<{ parameters?: readonly (Parameter | Ref)[] } & Partial<Record<Method, Operation>>>;

/** An OpenAPI 3.1 document, as far as this server needs it. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Readonly<{
    title: string;
    version: string;
    summary: string;
    description: string;
    license: Readonly<{ name: string; identifier: string }>;
  }>;
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly webhooks: Readonly<Record<string, Ref>>;
  readonly components: Readonly<{
    securitySchemes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    parameters: Readonly<Record<string, Parameter>>;
    responses: Readonly<Record<string, Response>>;
    pathItems: Readonly<Record<string, PathItem>>;
    schemas: Schemas;
  }>;
}

/** A reference to a schema of the document. */
export const schemaRef = (name: string): Ref => ({ $ref: `#/components/schemas/${name}` });

/** Content of one JSON schema of the document. */
export const json = (name: string, examples?: Content['examples']): Readonly<Record<string, Content>> => ({
  'application/json': { schema: schemaRef(name), ...(examples && { examples }) },
});
