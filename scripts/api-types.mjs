/** Writes the types of the admin API for the console, out of the document that the build made (`-- --check` only tells whether they are up to date). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { typesOf } from './lib/schema-types.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCUMENT = join(ROOT, 'dist/apps/server/apps/server/src/openapi/admin-openapi.json');
const TYPES = join(ROOT, 'apps/admin/src/api/admin-api.ts');

const HEAD = '/** The admin API, made of its OpenAPI document by `npm run api:types`. Not to be edited. */\n\n';

const document = JSON.parse(readFileSync(DOCUMENT, 'utf8'));
const types = await format(HEAD + typesOf(document, '/admin/api/'), {
  ...(await resolveConfig(TYPES)),
  filepath: TYPES,
});

if (!process.argv.includes('--check')) writeFileSync(TYPES, types);
else if (readFileSync(TYPES, 'utf8') !== types) {
  console.error(
    'apps/admin/src/api/admin-api.ts is not what the OpenAPI document says: run `npm run build && npm run api:types`.',
  );
  process.exitCode = 1;
}
