/** Turns the validation rules of a request's classes into JSON schemas. Reads what class-validator keeps; runs at build time only. */

/** What each rule says as keywords; a rule that is not here stops the build, so that none is left out in silence. */
const KEYWORDS = {
  isString: () => ({ type: 'string' }),
  isLength: ([minLength, maxLength]) => ({ minLength, maxLength }),
  maxLength: ([maxLength]) => ({ maxLength }),
  matches: ([pattern]) => ({ pattern: pattern.source }),
  isIn: ([words]) => ({ type: 'string', enum: [...words] }),
  isInt: () => ({ type: 'integer' }),
  min: ([minimum]) => ({ minimum }),
  max: ([maximum]) => ({ maximum }),
  isBoolean: () => ({ type: 'boolean' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isIp: () => ({ type: 'string', maxLength: 45, anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }),
  isPlainObject: () => ({ type: 'object' }),
  isArray: () => ({ type: 'array' }),
  arrayMaxSize: ([maxItems]) => ({ maxItems }),
};

const SILENT = new Set(['isOptional', 'nestedValidation']);

const documentedName = (type) => type.name.replace(/Dto$/, '');

/**
 * In: classes by documented name; the storages of class-validator and class-transformer. Out: a JSON schema for each of
 * them, and for every class nested in them by its own name without `Dto`. Throws for a rule that has no translation.
 */
export function schemasOf(classes, { validation, transformation }) {
  const schemas = {};
  const names = new Map(Object.entries(classes).map(([name, type]) => [type, name]));

  const nested = (type, property) => {
    const found = transformation.findTypeMetadata(type, property)?.typeFunction();
    if (!found) throw new Error(`${type.name}.${property} is checked as nested, but nobody says what it is`);
    if (!names.has(found)) {
      names.set(found, documentedName(found));
      add(found);
    }
    return { $ref: `#/components/schemas/${names.get(found)}` };
  };

  const propertySchema = (type, property, rules) => {
    if (rules.some(({ type: kind }) => kind === 'nestedValidation')) return nested(type, property);
    const schema = {};
    const items = {};
    for (const { name, type: kind, constraints, each } of rules) {
      if (SILENT.has(name) || SILENT.has(kind)) continue;
      const keywords = KEYWORDS[name];
      if (!keywords) throw new Error(`${type.name}.${property}: no schema keywords are known for the rule ${name}`);
      Object.assign(each ? items : schema, keywords(constraints ?? []));
    }
    return Object.keys(items).length > 0 ? { ...schema, items } : schema;
  };

  const add = (type) => {
    const byProperty = Object.groupBy(
      validation.getTargetValidationMetadatas(type, '', false, false),
      ({ propertyName }) => propertyName,
    );
    const name = names.get(type);
    if (name in schemas) throw new Error(`Two classes are called ${name}`);
    schemas[name] = null; // keeps the place in front of what is nested in it
    const properties = {};
    const required = [];
    for (const [property, rules] of Object.entries(byProperty)) {
      properties[property] = propertySchema(type, property, rules);
      if (!rules.some(({ name }) => name === 'isOptional')) required.push(property);
    }
    schemas[name] = { type: 'object', ...(required.length > 0 ? { required } : {}), properties };
  };

  for (const type of Object.values(classes)) add(type);
  return schemas;
}
