/** Writes the APIs' documents, and the page of the merchants' one, beside the built controller that serves them. Run by the build, on what it has compiled. */
import { createRequire } from 'node:module';
import { globSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
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

/** What every built file `*.<role>.js` exports, in one order on every machine. */
const namesakes = (role) => globSync(`{apps/server,libs/*}/src/**/*.${role}.js`, { cwd: OUTPUT }).sort().map(built);

const controllersIn = (file) =>
  Object.values(file).filter((found) => typeof found === 'function' && Reflect.hasMetadata('path', found));

function write(name, text) {
  const file = join(OPENAPI, name);
  writeFileSync(`${file}.draft`, text);
  renameSync(`${file}.draft`, file);
}

require('reflect-metadata');
const { buildDocument } = built('apps/server/src/openapi/document.js');
const { renderPage } = built('apps/server/src/openapi/page/page.js');
const { REQUEST_CLASSES } = built('apps/server/src/openapi/request.schemas.js');
const { buildAdminDocument } = built('apps/server/src/openapi/admin/admin-document.js');
const { servedRoutes } = built('apps/server/src/openapi/admin/served-routes.js');
const storages = {
  validation: require('class-validator').getMetadataStorage(),
  transformation: require('class-transformer/cjs/storage').defaultMetadataStorage,
};
const document = buildDocument(schemasOf(requestClasses(REQUEST_CLASSES), storages));
const admin = buildAdminDocument(
  servedRoutes(namesakes('controller').flatMap(controllersIn)),
  namesakes('description').map(({ DESCRIPTION }) => DESCRIPTION),
  (classes) => schemasOf(classes, storages),
);
mkdirSync(OPENAPI, { recursive: true });
write('openapi.json', `${JSON.stringify(document, null, 2)}\n`);
write('openapi.html', renderPage(document));
write('admin-openapi.json', `${JSON.stringify(admin, null, 2)}\n`);
