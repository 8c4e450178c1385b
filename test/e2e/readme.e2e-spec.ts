/** The commands in README.md and docs/operations.md, taken out of them and run as a reader would. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startProduct, type Product } from '../support/product';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Block {
  name: string;
  language: string;
  code: string;
}

/** The fenced blocks of a page that are marked `<!-- run: name -->`, in order. */
function blocksOf(page: string): Block[] {
  return [...read(page).matchAll(/<!-- run: (\w+) -->\n+```(\w+)\n([\s\S]*?)\n```/g)].map(
    ([, name = '', language = '', code = '']) => ({ name, language, code }),
  );
}

jest.setTimeout(240_000);

describe('the documentation', () => {
  let product: Product;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const kek = randomBytes(32).toString('base64');
    product = await startProduct({ COUNTERSIGN_KEK: kek });
    env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      COUNTERSIGN_DATA_DIR: product.dataDir,
      // What the command line of this installation needs; readers of README.md have set neither.
      DATABASE_URL: product.database.url,
      COUNTERSIGN_KEK: kek,
    };
  });
  afterAll(() => product.stop());

  /** Runs the shell blocks of a page in one shell, stopping at the first failure; gives what each printed, by name. */
  async function runShell(page: string): Promise<Map<string, string>> {
    const blocks = blocksOf(page).filter(({ language }) => language === 'sh');
    const script = blocks.map(({ name, code }) => `echo '### ${name}'\n${code}`).join('\n');
    const { stdout } = await run('sh', ['-eu', '-c', script], { cwd: ROOT, env, timeout: 180_000 });
    return new Map(
      stdout
        .split(/^### /m)
        .slice(1)
        .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trim()]),
    );
  }

  it('leads through a first session with curl', async () => {
    const said = await runShell('README.md');

    expect([...said.keys()]).toEqual(['setup', 'token', 'create', 'complete', 'challenge', 'answer']);
    expect(said.get('create')).toMatch(/status: 'approved'[\s\S]*cryptogram: '[\s\S]*eci: '05'/);
    expect(said.get('complete')).toMatch(/^204\n[\s\S]*verified: true[\s\S]*status: 'approved'/);
    expect(said.get('challenge')).toBe("[ 'challenge_cardholder' ]");
    expect(said.get('answer')).toBe('approved');
  });

  it('has a script for the SDK that prints what the page says', async () => {
    const script = blocksOf('README.md').find(({ name }) => name === 'sdk')?.code ?? '';
    const promised = /It prints:\n+```\n([\s\S]*?)\n```/.exec(read('README.md'))?.[1];

    const running = run(process.execPath, ['--input-type=module', '-'], { cwd: ROOT, env, timeout: 60_000 });
    running.child.stdin?.end(script);
    const { stdout } = await running;

    expect(stdout.trim()).toBe(promised);
  });

  it('leads from a new merchant to its first token', async () => {
    const said = await runShell('docs/operations.md');

    expect([...said.keys()]).toEqual(['merchant', 'key', 'try']);
    expect(said.get('try')).toMatch(/^\{"access_token":"[\w.-]+","token_type":"Bearer","expires_in":3600/);
  });

  it('leads a program from its account to a job', async () => {
    const said = await runShell('docs/admin-api.md');

    expect([...said.keys()]).toEqual(['setup', 'account', 'token', 'list', 'export', 'act']);
    expect(said.get('account')).toBe('operator');
    expect(said.get('list')).toBe('true');
    expect(said.get('act')).toMatch(/^replay_callback\n(running|done)$/);
  });
});

describe('the pages', () => {
  const pages = [
    'README.md',
    'apps/simulator/README.md',
    ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join('docs', file)),
  ];

  it.each(pages)('%s links to what exists', (page) => {
    // What looks like a link inside code is none.
    const prose = read(page).replace(/^```[\s\S]*?^```/gm, '');
    const targets = [...prose.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);

    expect(targets.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
  });

  it('name every metric that the product has, and no other', () => {
    const sources = readdirSync(join(ROOT, 'libs'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('node_modules'),
    );
    const made = sources.flatMap((file) =>
      [...read(join('libs', file)).matchAll(/metrics\.(?:counter|gauge|histogram)\(\s*'(\w+)'/g)].map(
        ([, name = '']) => `countersign_${name}`,
      ),
    );
    // Of its own section: roles and functions of the database have names of the same look.
    const section = /\n## Metrics\n(.*?)\n## /s.exec(read('docs/operations.md'))?.[1] ?? '';
    const named = [...section.matchAll(/`(countersign_\w+)`/g)].map(([, name = '']) => name);

    expect([...new Set(named)].sort()).toEqual([...new Set(made)].sort());
  });

  it('name every environment variable that the server reads', () => {
    const variables = /const VARIABLES = \[([\s\S]*?)\]/.exec(read('libs/platform/src/config/load-config.ts'))?.[1];
    const names = [...(variables ?? '').matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
    const operations = read('docs/operations.md');

    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !operations.includes(`\`${name}\``))).toEqual([]);
  });
});
