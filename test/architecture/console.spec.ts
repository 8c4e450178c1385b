import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const BUILT = join(ROOT, 'dist/apps/admin');
const ASSETS = join(BUILT, 'assets');
const BUDGET = JSON.parse(readFileSync(join(ROOT, 'apps/admin/budget.json'), 'utf8')) as {
  main: { maxGzipBytes: number };
};

/** What every visit loads before anything is shown. */
const mainScripts = (): string[] =>
  [...readFileSync(join(BUILT, 'index.html'), 'utf8').matchAll(/\/admin\/assets\/([\w-]+\.js)/g)].map(
    ([, name = '']) => name,
  );
const read = (name: string): string => readFileSync(join(ASSETS, name), 'utf8');

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' });
}, 180_000);

describe('the console', () => {
  it('keeps to its budget', () => {
    const bytes = mainScripts().map((name) => readFileSync(join(ASSETS, `${name}.gz`)).length);
    const total = bytes.reduce((sum, one) => sum + one, 0);
    process.stderr.write(`console: ${total} bytes gzip of ${BUDGET.main.maxGzipBytes}\n`);

    expect(bytes.length).toBeGreaterThan(0);
    expect(total).toBeLessThan(BUDGET.main.maxGzipBytes);
  });

  it('loads charts with what shows them only', () => {
    expect(mainScripts().filter((name) => read(name).includes('recharts'))).toEqual([]);
  });

  it('has a page without styles and scripts of its own, which its policy would not let in', () => {
    const page = readFileSync(join(BUILT, 'index.html'), 'utf8');

    expect(page).not.toMatch(/<style|style=|<script(?![^>]* nonce="\{nonce\}")|\son\w+="/);
    expect(page.match(/<script[^>]*>([^<]*)<\/script>/g)?.every((script) => /><\/script>$/.test(script))).toBe(true);
  });

  it('asks nobody but its own server', () => {
    const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
    const names = readdirSync(ASSETS).filter((name) => /\.(js|css)$/.test(name));

    expect(page).not.toMatch(/https?:/);
    // Addresses that are no more than names, in libraries: of XML's vocabularies, and of pages that explain errors.
    expect(
      names.filter((name) => /(fetch|import|importScripts|EventSource|WebSocket)\(\s*["'`]https?:/.test(read(name))),
    ).toEqual([]);
  });
});
