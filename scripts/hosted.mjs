/** Builds countersign.js: the npm package in `apps/hosted/dist`, and what the server sends, compressed, in `dist/apps/hosted/js`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const APP = join(ROOT, 'apps/hosted');
const PACKAGE = join(APP, 'dist');
const SENT = join(ROOT, 'dist/apps/hosted/js');
const NAMES = { iife: 'countersign.js', es: 'countersign.mjs' };

async function bundle() {
  await build({
    root: APP,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: PACKAGE,
      emptyOutDir: true,
      target: 'es2020',
      minify: 'oxc',
      lib: {
        entry: join(APP, 'src/kit/index.ts'),
        name: 'Countersign',
        formats: Object.keys(NAMES),
        fileName: (format) => NAMES[format],
      },
    },
  });
}

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
function prepare() {
  rmSync(SENT, { recursive: true, force: true });
  mkdirSync(SENT, { recursive: true });
  for (const name of Object.values(NAMES)) {
    const script = readFileSync(join(PACKAGE, name));
    const gzip = gzipSync(script, { level: constants.Z_BEST_COMPRESSION });
    writeFileSync(join(SENT, name), script);
    writeFileSync(join(SENT, `${name}.gz`), gzip);
    writeFileSync(join(SENT, `${name}.br`), brotliCompressSync(script));
    console.log(`${name}: ${script.length} bytes, ${gzip.length} gzip`);
  }
}

await bundle();
declareTypes();
prepare();
