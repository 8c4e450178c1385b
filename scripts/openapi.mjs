/** Writes the API's document and its page beside the built controller that serves them. Run by the build, on what it has compiled. */
import { createRequire } from 'node:module';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemasOf } from './lib/validation-schema.mjs';

const OUTPUT = fileURLToPath(new URL('../dist/apps/server', import.meta.url));
const OPENAPI = join(OUTPUT, 'apps/server/src/openapi');
const require = createRequire(import.meta.url);

const built = (path) => require(join(OUTPUT, path));

function requestClasses(table) {
  return Object.fromEntries(
    Object.entries(table).map(([name, [file, type]]) => {
      const found = built(`libs/sessions/src/http/${file}.js`)[type];
      if (!found) throw new Error(`${file} has no ${type}`);
      return [name, found];
    }),
  );
}

function write(name, text) {
  const file = join(OPENAPI, name);
  writeFileSync(`${file}.draft`, text);
  renameSync(`${file}.draft`, file);
}

require('reflect-metadata');
const { buildDocument } = built('apps/server/src/openapi/document.js');
const { renderPage } = built('apps/server/src/openapi/page/page.js');
const { REQUEST_CLASSES } = built('apps/server/src/openapi/request.schemas.js');
const schemas = schemasOf(requestClasses(REQUEST_CLASSES), {
  validation: require('class-validator').getMetadataStorage(),
  transformation: require('class-transformer/cjs/storage').defaultMetadataStorage,
});
const document = buildDocument(schemas);
mkdirSync(OPENAPI, { recursive: true });
write('openapi.json', `${JSON.stringify(document, null, 2)}\n`);
write('openapi.html', renderPage(document));
