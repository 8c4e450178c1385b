/** Builds the operators' console: what the server sends, compressed, in `dist/apps/admin`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const APP = join(ROOT, 'apps/admin');
const SENT = join(ROOT, 'dist/apps/admin');
const ASSETS = join(SENT, 'assets');

/** What stands in the page where the server writes the nonce of its answer (apps/server/src/console). */
const NONCE = '{nonce}';

/** Bundlers of servers would mind the directive; in a browser everything is the client. */
const isIdleDirective = ({ code }) => code === 'MODULE_LEVEL_DIRECTIVE';

async function bundle() {
  await build({
    root: APP,
    base: '/admin/',
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    html: { cspNonce: NONCE },
    build: {
      outDir: SENT,
      emptyOutDir: true,
      target: 'baseline-widely-available',
      minify: 'oxc',
      // The budget of apps/admin/budget.json counts, not this warning.
      chunkSizeWarningLimit: Infinity,
      // A picture inside the script would be one that the policy of the page lets in from `data:` only.
      assetsInlineLimit: 0,
      rolldownOptions: {
        onLog: (level, log, handle) => {
          if (!isIdleDirective(log)) handle(level, log);
        },
      },
    },
  });
}

/** Compressed once and as far as it goes, instead of at every request. */
function compress() {
  for (const name of readdirSync(ASSETS)) {
    const content = readFileSync(join(ASSETS, name));
    writeFileSync(join(ASSETS, `${name}.gz`), gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
    writeFileSync(join(ASSETS, `${name}.br`), brotliCompressSync(content));
  }
}

// Whatever our caller runs as: libraries decide by it which of their two selves they are.
process.env.NODE_ENV = 'production';
await bundle();
compress();
