import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const SENT = join(ROOT, 'dist/apps/hosted/js');
const BUDGET = JSON.parse(readFileSync(join(ROOT, 'apps/hosted/budget.json'), 'utf8')) as Record<
  string,
  { maxGzipBytes: number }
>;
const read = (name: string): Buffer => readFileSync(join(SENT, name));

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' });
}, 180_000);

describe.each(Object.entries(BUDGET))('%s', (name, { maxGzipBytes }) => {
  it('keeps to its budget', () => {
    const { length } = read(`${name}.gz`);
    process.stderr.write(`${name}: ${read(name).length} bytes, ${length} gzip of ${maxGzipBytes}\n`);

    expect(length).toBeLessThan(maxGzipBytes);
  });

  it('runs under a strict policy and keeps nothing in the browser', () => {
    const text = read(name).toString('utf8');

    expect(text).not.toMatch(/\beval\b|new Function|innerHTML|document\.write/);
    expect(text).not.toMatch(/localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon|XMLHttpRequest/);
    // Whom it calls, the session says; it knows no address of its own.
    expect(text).not.toMatch(/https?:\/\//);
  });
});

describe('the npm package', () => {
  it('has the files that it promises', () => {
    const app = join(ROOT, 'apps/hosted');
    const manifest = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as Record<string, string>;

    for (const entry of ['types', 'module', 'unpkg']) {
      expect(readFileSync(join(app, String(manifest[entry])), 'utf8')).toContain('ountersign');
    }
  });

  it('has types that Node can follow', () => {
    const types = readFileSync(join(ROOT, 'apps/hosted/dist/kit/index.d.ts'), 'utf8');
    const from = [...types.matchAll(/from '([^']+)'/g)].map(([, path]) => path);

    expect(from.length).toBeGreaterThan(3);
    expect(from.filter((path) => !/^\.\/[\w-]+\.js$/.test(String(path)))).toEqual([]);
  });
});
