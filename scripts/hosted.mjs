/**
 * Builds what runs in browsers. countersign.js: the npm package in `apps/hosted/dist`. Script and style sheet of the hosted page and of the card fields. What the
 * server sends of both is in `dist/apps/hosted/js`, compressed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const APP = join(ROOT, 'apps/hosted');
const PACKAGE = join(APP, 'dist');
const PAGE = join(ROOT, 'dist/apps/hosted/page');
const SENT = join(ROOT, 'dist/apps/hosted/js');
const NAMES = { iife: 'countersign.js', es: 'countersign.mjs' };
/** Each page of ours: its folder in the sources, which is also the name of what is made of it. */
const PAGES = ['page', 'fields'];

const bundle = (outDir, options) =>
  build({
    root: APP,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: { outDir, emptyOutDir: true, target: 'es2020', minify: 'oxc', ...options },
  });

const bundleKit = () =>
  bundle(PACKAGE, {
    lib: {
      entry: join(APP, 'src/kit/index.ts'),
      name: 'Countersign',
      formats: Object.keys(NAMES),
      fileName: (format) => NAMES[format],
    },
  });

const bundlePage = (name) =>
  bundle(join(PAGE, name), {
    modulePreload: false,
    rolldownOptions: {
      input: { page: join(APP, `src/${name}/index.ts`), style: join(APP, `src/${name}/${name}.css`) },
      output: { entryFileNames: `${name}.js`, assetFileNames: `${name}[extname]` },
    },
  });

/** The compiler keeps the sources' way of naming files; Node's wants the ending. */
function declareTypes() {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(APP, 'tsconfig.app.json')], { stdio: 'inherit' });
  for (const name of readdirSync(join(PACKAGE, 'kit'))) {
    const file = join(PACKAGE, 'kit', name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/(from '\.\/[\w-]+)'/g, "$1.js'"));
  }
}

/** Compressed once and as far as it goes, instead of at every request. */
function prepare(folder, name) {
  const content = readFileSync(join(folder, name));
  const gzip = gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
  writeFileSync(join(SENT, name), content);
  writeFileSync(join(SENT, `${name}.gz`), gzip);
  writeFileSync(join(SENT, `${name}.br`), brotliCompressSync(content));
  console.log(`${name}: ${content.length} bytes, ${gzip.length} gzip`);
}

await bundleKit();
declareTypes();
for (const name of PAGES) await bundlePage(name);
rmSync(SENT, { recursive: true, force: true });
mkdirSync(SENT, { recursive: true });
for (const name of Object.values(NAMES)) prepare(PACKAGE, name);
for (const name of PAGES) for (const ending of ['js', 'css']) prepare(join(PAGE, name), `${name}.${ending}`);
rmSync(PAGE, { recursive: true });
