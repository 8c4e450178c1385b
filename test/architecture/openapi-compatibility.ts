/**
 * What in one OpenAPI document would surprise a client of another: the reference is what clients know, ours is what they meet.
 * A request that the reference allows must be allowed by ours; an answer of ours must be one that the reference announces.
 */

type Json = Record<string, unknown>;

/** A document of OpenAPI 3.1, as parsed. */
export type ApiDocument = Json;

/** Which way a body goes: to us, or from us. */
type Direction = 'request' | 'response';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

const members = (value: unknown): [string, Json][] => Object.entries((value ?? {}) as Record<string, Json>);
const listed = (value: unknown): string[] => (value ?? []) as string[];
const without = (all: readonly string[], known: readonly string[]): string[] =>
  all.filter((one) => !known.includes(one));

/** Without groups that only group. */
const bare = (pattern: unknown): unknown =>
  typeof pattern === 'string' ? pattern.replace(/\((?!\?)([^()|]*)\)(?![?*+{])/g, '$1') : pattern;

/** One document with its references followed and its `allOf` joined. */
class Reader {
  constructor(readonly document: ApiDocument) {}

  follow(value: unknown): Json {
    const { $ref, ...beside } = (value ?? {}) as Json & { $ref?: string };
    if ($ref === undefined) return (value ?? {}) as Json;
    const found = $ref
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((at, name) => (at as Json | undefined)?.[name.replaceAll('~1', '/')], this.document);
    if (found === undefined) throw new Error(`${$ref} leads nowhere`);
    return { ...this.follow(found), ...beside };
  }

  schema(value: unknown): Json {
    const { allOf, ...own } = this.follow(value);
    return ((allOf ?? []) as unknown[])
      .map((part) => this.schema(part))
      .reduce<Json>(
        (joined, part) => ({
          ...joined,
          ...part,
          required: [...listed(joined['required']), ...listed(part['required'])],
          properties: { ...(joined['properties'] as Json), ...(part['properties'] as Json) },
        }),
        own,
      );
  }
}

/** Every difference that a client could notice, once each, as `place: what`; empty when there is none. */
export function differences(reference: ApiDocument, ours: ApiDocument): string[] {
  return new Comparison(new Reader(reference), new Reader(ours)).run();
}

class Comparison {
  private readonly found = new Set<string>();

  constructor(
    private readonly theirs: Reader,
    private readonly ours: Reader,
  ) {}

  run(): string[] {
    for (const [path, item] of members(this.theirs.document['paths'])) {
      for (const method of METHODS.filter((name) => name in item)) this.operation(path, method, item);
    }
    for (const [name] of members(this.theirs.document['webhooks'])) {
      if (!(name in ((this.ours.document['webhooks'] ?? {}) as Json))) this.note(`webhook ${name}`, 'missing');
    }
    return [...this.found];
  }

  private note(place: string, what: string): void {
    this.found.add(`${place}: ${what}`);
  }

  private operation(path: string, method: string, item: Json): void {
    const place = `${method.toUpperCase()} ${path}`;
    const ourItem = ((this.ours.document['paths'] ?? {}) as Record<string, Json>)[path] ?? {};
    if (!(method in ourItem)) return this.note(place, 'missing');
    const theirs = item[method] as Json;
    const ours = ourItem[method] as Json;
    this.parameters(place, [item['parameters'], theirs['parameters']], [ourItem['parameters'], ours['parameters']]);
    this.security(place, theirs, ours);
    this.body(place, 'request', this.theirs.follow(theirs['requestBody']), this.ours.follow(ours['requestBody']));
    this.responses(place, theirs, ours);
    this.callbacks(place, theirs, ours);
  }

  private parameters(place: string, theirs: unknown[], ours: unknown[]): void {
    const read = (reader: Reader, lists: unknown[]): Map<string, Json> =>
      new Map(
        lists
          .flatMap((list) => (list ?? []) as unknown[])
          .map((one) => reader.follow(one))
          .map((one) => [`${String(one['in'])} ${String(one['name'])}`, one]),
      );
    const known = read(this.theirs, theirs);
    const met = read(this.ours, ours);
    for (const [name, parameter] of known) {
      const own = met.get(name);
      if (!own) this.note(`${place} ${name}`, 'missing');
      else this.schema(`${place} ${name}`, 'request', parameter['schema'], own['schema']);
    }
    for (const [name, parameter] of met) {
      if (parameter['required'] === true && known.get(name)?.['required'] !== true) {
        this.note(`${place} ${name}`, 'required');
      }
      if (!known.has(name) && parameter['x-extension'] !== true) this.note(`${place} ${name}`, 'unmarked extension');
    }
  }

  private security(place: string, theirs: Json, ours: Json): void {
    const ways = (operation: Json): string[] =>
      ((operation['security'] ?? []) as Json[]).map((way) => JSON.stringify(way));
    for (const way of without(ways(theirs), ways(ours))) this.note(place, `no access by ${way}`);
  }

  private body(place: string, direction: Direction, theirs: Json, ours: Json): void {
    if (direction === 'request' && ours['required'] === true && theirs['required'] !== true) {
      this.note(place, 'body required');
    }
    const content = (ours['content'] ?? {}) as Record<string, Json>;
    for (const [type, { schema }] of members(theirs['content'])) {
      if (!content[type]) this.note(place, `no ${type}`);
      else this.schema(`${place} ${direction}`, direction, schema, content[type]['schema']);
    }
  }

  private responses(place: string, theirs: Json, ours: Json): void {
    const own = ours['responses'] as Record<string, Json>;
    const known = theirs['responses'] as Record<string, Json>;
    for (const [status, response] of Object.entries(known)) {
      if (!own[status]) {
        this.note(place, `no ${status}`);
        continue;
      }
      const [there, here] = [this.theirs.follow(response), this.ours.follow(own[status])];
      this.body(`${place} ${status}`, 'response', there, here);
      for (const name of without(Object.keys(there['headers'] ?? {}), Object.keys(here['headers'] ?? {}))) {
        this.note(`${place} ${status}`, `no header ${name}`);
      }
    }
    const successes = (table: Json): string[] => Object.keys(table).filter((status) => status.startsWith('2'));
    for (const status of without(successes(own), successes(known))) this.note(place, `answers ${status}`);
  }

  /** What is sent to the client has the direction of an answer. */
  private callbacks(place: string, theirs: Json, ours: Json): void {
    for (const [name, callback] of members(theirs['callbacks'])) {
      for (const [expression, item] of members(callback)) {
        const own = ((ours['callbacks'] ?? {}) as Record<string, Json>)[name]?.[expression];
        if (own === undefined) this.note(`${place} callback ${name}`, 'missing');
        else {
          const bodyOf = (reader: Reader, value: unknown): Json =>
            reader.follow((reader.follow(value)['post'] as Json)['requestBody']);
          this.body(`${place} callback`, 'response', bodyOf(this.theirs, item), bodyOf(this.ours, own));
        }
      }
    }
  }

  /** Named after the reference's own schema where both have it by name, so that a difference is told once. */
  private schema(at: string, direction: Direction, there: unknown, here: unknown): void {
    const { $ref } = (there ?? {}) as { $ref?: string };
    const place =
      $ref === undefined || !('$ref' in Object(here)) ? at : `${direction} ${$ref.slice($ref.lastIndexOf('/') + 1)}`;
    const theirs = this.theirs.schema(there);
    const ours = this.ours.schema(here);
    if (theirs['oneOf']) return this.union(place, direction, theirs, ours);
    if (theirs['type'] !== ours['type']) this.note(place, `is ${String(ours['type'])}, not ${String(theirs['type'])}`);
    this.words(place, direction, theirs, ours);
    this.bounds(place, direction, theirs, ours);
    if (theirs['items']) this.schema(`${place}[]`, direction, theirs['items'], ours['items']);
    this.object(place, direction, theirs, ours);
  }

  private union(place: string, direction: Direction, theirs: Json, ours: Json): void {
    const mapping = (union: Json): Record<string, string> =>
      ((union['discriminator'] as Json | undefined)?.['mapping'] ?? {}) as Record<string, string>;
    const own = mapping(ours);
    for (const [word, $ref] of Object.entries(mapping(theirs))) {
      if (own[word] === undefined) this.note(`${place} ${word}`, 'missing');
      else this.schema(place, direction, { $ref }, { $ref: own[word] });
    }
  }

  private words(place: string, direction: Direction, theirs: Json, ours: Json): void {
    const words = ({ enum: several, const: one }: { enum?: string[]; const?: string }): string[] | null =>
      several ?? (one === undefined ? null : [one]);
    const [known, met] = [words(theirs), words(ours)];
    if (met === null) return direction === 'response' && known !== null ? this.note(place, 'any word') : undefined;
    if (known === null) return direction === 'request' ? this.note(place, 'only some words') : undefined;
    for (const word of without(known, met)) this.note(place, `no ${word}`);
    const marked = listed(ours['x-extension-values']);
    for (const word of without(met, [...known, ...marked])) this.note(place, `unmarked word ${word}`);
  }

  private bounds(place: string, direction: Direction, theirs: Json, ours: Json): void {
    // What is narrower stands inside what is wider: ours in the reference for answers, the reference in ours for requests.
    const [inner, outer] = direction === 'request' ? [theirs, ours] : [ours, theirs];
    const limit = (schema: Json, keyword: string, otherwise: number): number =>
      (schema[keyword] as number | undefined) ?? otherwise;
    const said = (schema: Json): boolean => 'enum' in schema || 'const' in schema;
    if (!said(inner)) {
      for (const keyword of ['minLength', 'minimum', 'minItems']) {
        if (limit(inner, keyword, -Infinity) < limit(outer, keyword, -Infinity)) this.note(place, keyword);
      }
      for (const keyword of ['maxLength', 'maximum', 'maxItems']) {
        if (limit(inner, keyword, Infinity) > limit(outer, keyword, Infinity)) this.note(place, keyword);
      }
    }
    for (const keyword of ['pattern', 'format']) {
      if (outer[keyword] !== undefined && bare(outer[keyword]) !== bare(inner[keyword])) this.note(place, keyword);
    }
    if (outer['anyOf'] !== undefined && inner['anyOf'] === undefined) this.note(place, 'form');
  }

  private object(place: string, direction: Direction, theirs: Json, ours: Json): void {
    const [demanded, given] = direction === 'request' ? [ours, theirs] : [theirs, ours];
    for (const name of new Set(without(listed(demanded['required']), listed(given['required'])))) {
      this.note(`${place}.${name}`, direction === 'request' ? 'required' : 'not always there');
    }
    const own = (ours['properties'] ?? {}) as Record<string, unknown>;
    const known = (theirs['properties'] ?? {}) as Record<string, unknown>;
    for (const [name, value] of Object.entries(known)) {
      if (own[name] === undefined) this.note(`${place}.${name}`, 'missing');
      else this.schema(`${place}.${name}`, direction, value, own[name]);
    }
    for (const name of without(Object.keys(own), Object.keys(known))) {
      if (Object.keys(known).length > 0 && this.ours.schema(own[name])['x-extension'] !== true) {
        this.note(`${place}.${name}`, 'unmarked extension');
      }
    }
  }
}
