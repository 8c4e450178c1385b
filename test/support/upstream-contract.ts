/** The contract of the real service (test/fixtures/sessions-api.openapi.yaml), and whether an answer keeps to it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const DOCUMENT = parse(readFileSync(resolve(__dirname, '../fixtures/sessions-api.openapi.yaml'), 'utf8')) as {
  components: object;
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: 'contract:', components: DOCUMENT.components });
const compiled = new Map<string, ValidateFunction>();

/** Every way in which a value breaks a schema of the contract, by the schema's name; a member that it does not name is one. */
export function contractFaults(schema: string, value: unknown): string[] {
  const check =
    compiled.get(schema) ??
    ajv.compile({ $ref: `contract:#/components/schemas/${schema}`, unevaluatedProperties: false });
  compiled.set(schema, check);
  return check(value)
    ? []
    : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}
