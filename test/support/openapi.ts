/** The product's own description of its API, and whether an answer keeps to it. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Answer } from './api';

const ADMIN = resolve(__dirname, '../../dist/apps/server/apps/server/src/openapi/admin-openapi.json');

/** Sent with some answers only; never where the document does not say so. */
const REPLAYED = 'idempotent-replayed';

let admin: ApiDescription | undefined;

type Json = Record<string, unknown>;
type Schemas = Record<string, Json>;

/** An operation as the document tells it; references are not followed. */
interface Operation {
  parameters?: unknown[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

/**
 * Checks answers against the document that the product serves: status, headers, body. It is strict: an object may have no
 * member that the document does not name.
 */
export class ApiDescription {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(readonly document: Json) {
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: 'doc:', components: closed(document['components']) as Json });
  }

  static async of(apiUrl: string): Promise<ApiDescription> {
    const response = await fetch(`${apiUrl}/openapi.json`);
    return new ApiDescription((await response.json()) as Json);
  }

  /** The document of the admin API, as the build left it. */
  static ofAdmin(): ApiDescription {
    admin ??= new ApiDescription(JSON.parse(readFileSync(ADMIN, 'utf8')) as Json);
    return admin;
  }

  get schemas(): Schemas {
    return (this.document['components'] as { schemas: Schemas }).schemas;
  }

  /** Every way in which an answer breaks what the document promises for this call; empty when it keeps it. */
  faults(method: string, path: string, answer: Pick<Answer, 'status' | 'headers'> & { body: object }): string[] {
    const place = `${method} ${path} ${answer.status}`;
    const response = this.response(method, path, answer.status);
    if (response === null) return [`${place}: not in the document`];
    const headers = Object.keys(response['headers'] ?? {});
    const missing = headers.filter((name) => /^cko-/i.test(name) && !answer.headers.has(name));
    const told = headers.some((name) => name.toLowerCase() === REPLAYED);
    return [
      ...missing.map((name) => `${place}: no ${name}`),
      ...(answer.headers.has(REPLAYED) && !told ? [`${place}: ${REPLAYED} is not promised`] : []),
      ...this.bodyFaults(response['content'], answer).map((fault) => `${place}: ${fault}`),
    ];
  }

  /** The path of the document that an address is one of; what has no parameter comes before what has one. */
  pathOf(address: string): string | null {
    const parts = address.split(/[?#]/, 1)[0]?.split('/') ?? [];
    const fits = (path: string): boolean => {
      const own = path.split('/');
      return own.length === parts.length && own.every((part, at) => part.startsWith('{') || part === parts[at]);
    };
    const found = Object.keys(this.document['paths'] as Json).filter(fits);
    return found.find((path) => !path.includes('{')) ?? found[0] ?? null;
  }

  /** Every way in which a value breaks a schema of the document. */
  schemaFaults(name: string, value: unknown): string[] {
    return this.check({ $ref: `#/components/schemas/${name}` }, value);
  }

  private bodyFaults(content: unknown, { body, headers }: { body: object; headers: Headers }): string[] {
    if (content === undefined) return Object.keys(body).length === 0 ? [] : ['a body where none is promised'];
    const type = headers.get('content-type')?.split(';', 1)[0] ?? '';
    const promised = (content as Record<string, { schema: Json }>)[type];
    if (!promised) return [`${type} is not promised`];
    // Of a file nothing more is promised than that it is one.
    return type === 'application/json' ? this.check(promised.schema, body) : [];
  }

  private check(schema: Json, value: unknown): string[] {
    const text = JSON.stringify(schema).replaceAll('"#/', '"doc:#/');
    const check = this.compiled.get(text) ?? this.ajv.compile(JSON.parse(text) as Json);
    this.compiled.set(text, check);
    return check(value)
      ? []
      : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }

  private response(method: string, path: string, status: number): Json | null {
    const item = (this.document['paths'] as Record<string, Record<string, Operation>>)[path];
    const found = item?.[method.toLowerCase()]?.responses[String(status)];
    return found === undefined ? null : this.follow(found);
  }

  private follow(value: unknown): Json {
    const { $ref } = value as { $ref?: string };
    if ($ref === undefined) return value as Json;
    return this.follow(
      $ref
        .slice(2)
        .split('/')
        .reduce<unknown>((at, name) => (at as Json)[name], this.document),
    );
  }
}

/** The schemas with every object closed: what is not named may not be there. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closed(member)]));
  return copy['type'] === 'object' && typeof copy['properties'] === 'object'
    ? { additionalProperties: false, ...copy }
    : copy;
}
