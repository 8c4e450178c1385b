import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@app/platform';
import { decodeJwt } from 'jose';
import { runCli } from '../../apps/server/src/cli/run-cli';
import { sessionRequest, type Body } from '../support/api';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { Installation, removeDataDir, ROOT, temporaryDataDir } from '../support/installation';
import { SERVER } from '../support/product';
import { rows } from '../support/rows';

const PUBLIC_URL = 'https://3ds.countersign.example';
const APPROVED = '4485040371536584';

let database: TestDatabase;
let dataDir: string;
let good: Record<string, string>;

beforeAll(async () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  database = await createTestDatabase();
  dataDir = temporaryDataDir();
  good = {
    DATABASE_URL: database.url,
    COUNTERSIGN_KEK: randomBytes(32).toString('base64'),
    COUNTERSIGN_PUBLIC_URL: PUBLIC_URL,
  };
}, 120_000);

afterAll(async () => {
  await database?.drop();
  removeDataDir(dataDir);
});

interface End {
  status: number | null;
  output: string;
}

/** A start of the server that is expected to end by itself. */
function start(env: Record<string, string | undefined>): End {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SERVER], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '0', COUNTERSIGN_DATA_DIR: dataDir, ...good, ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, output: stdout + stderr };
}

const refusalOf = (...names: string[]): End => ({
  status: 1,
  output: `Missing or not valid in the environment: ${names.join(', ')}\n`,
});

describe('a production start', () => {
  it.each([
    ['COUNTERSIGN_KEK', undefined],
    ['COUNTERSIGN_KEK', ''],
    ['COUNTERSIGN_KEK', 'too-short'],
    ['COUNTERSIGN_PUBLIC_URL', undefined],
    ['COUNTERSIGN_PUBLIC_URL', 'http://3ds.countersign.example'],
    ['COUNTERSIGN_PUBLIC_URL', '3ds.countersign.example'],
    ['COUNTERSIGN_SIMULATOR_URL', 'http://localhost:4001'],
    ['COUNTERSIGN_TIME_SCALE', '60'],
    ['COUNTERSIGN_DEMO', 'maybe'],
    ['COUNTERSIGN_ROLE', 'master'],
    ['DATABASE_URL', undefined],
    ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
  ])('with %s as %s is refused by that name alone, and prints no value', (name, value) => {
    expect(start({ [name]: value })).toEqual(refusalOf(name));
  });

  it('is refused for a key file that is missing or holds no key', () => {
    const file = join(dataDir, 'kek');
    const env = { COUNTERSIGN_KEK: undefined, COUNTERSIGN_KEK_FILE: file };
    expect(start(env)).toEqual(refusalOf('COUNTERSIGN_KEK_FILE'));

    writeFileSync(file, 'hunter2');
    expect(start(env)).toEqual(refusalOf('COUNTERSIGN_KEK_FILE'));
  });

  it('names everything that is wrong at once', () => {
    const { status, output } = start({
      DATABASE_URL: 'hunter2-database',
      DATABASE_DIRECT_URL: 'hunter2-direct',
      COUNTERSIGN_KEK: 'hunter2-kek',
      COUNTERSIGN_PUBLIC_URL: 'http://hunter2.example',
      COUNTERSIGN_SIMULATOR_URL: 'http://hunter2.simulator',
      COUNTERSIGN_TIME_SCALE: '1234',
      COUNTERSIGN_ROLE: 'hunter2-role',
      PORT: 'hunter2-port',
    });

    expect(status).toBe(1);
    expect(output.trim().split(': ')[1]?.split(', ').sort()).toEqual([
      'COUNTERSIGN_KEK',
      'COUNTERSIGN_PUBLIC_URL',
      'COUNTERSIGN_ROLE',
      'COUNTERSIGN_SIMULATOR_URL',
      'COUNTERSIGN_TIME_SCALE',
      'DATABASE_DIRECT_URL',
      'DATABASE_URL',
      'PORT',
    ]);
    expect(output).not.toMatch(/hunter2|1234/);
  });
});

describe('npm start in production mode', () => {
  let installation: Installation;

  const environment = (): Record<string, string> => ({ ...good, COUNTERSIGN_DEMO: '0' });

  beforeAll(async () => {
    // An operator's directory server, which happens to be away: it may be anywhere.
    await rows({ database }, `INSERT INTO directory_server (environment, id, url) VALUES ('test', 'visa', $1)`, [
      'http://127.0.0.1:9/visa',
    ]);
    installation = await new Installation(dataDir, { env: environment() }).ready();
  }, 60_000);

  afterAll(async () => {
    expect(await installation?.end()).toEqual({ code: 0, signal: null });
  });

  const post = async (
    path: string,
    body: string | URLSearchParams,
    headers: Record<string, string>,
  ): Promise<[number, Body]> => {
    const response = await fetch(installation.address('API') + path, { method: 'POST', body, headers });
    return [response.status, (await response.json()) as Body];
  };

  const cli = async (...args: string[]): Promise<Record<string, string>> => {
    let [out, err] = ['', ''];
    const code = await runCli([...args, '--json'], {
      out: (text) => (out += text),
      err: (text) => (err += text),
      config: () => loadConfig(environment()),
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return JSON.parse(out) as Record<string, string>;
  };

  /** A merchant that an operator set up, and a token of its backend. */
  const aMerchant = async (): Promise<string> => {
    const { id: merchant = '' } = await cli('merchant', 'create', '--name', 'Corner Shop');
    const { id: channel = '' } = await cli('channel', 'create', '--merchant', merchant, '--name', 'Web');
    await cli(
      ...['acquirer', 'set', '--channel', channel, '--scheme', 'visa', '--acquirer-bin', '490000'],
      ...['--acquirer-merchant-id', 'SHOP-1', '--mcc', '5999', '--country', 'GB', '--merchant-name', 'Corner Shop'],
      ...['--requestor-id', 'shop', '--requestor-name', 'Corner Shop', '--requestor-url', 'https://shop.example'],
    );
    const key = await cli('access-key', 'create', '--merchant', merchant, '--channel', channel);
    const [status, body] = await post(
      '/connect/token',
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: key['clientId'] ?? '',
        client_secret: key['clientSecret'] ?? '',
      }),
      {},
    );
    expect(status).toBe(200);
    return String(body['access_token']);
  };

  it('serves merchants that an operator made, under its public address, without anything of the demo', async () => {
    const token = await aMerchant();
    expect(decodeJwt(token).iss).toBe(PUBLIC_URL);

    const create = (completion: object): Promise<[number, Body]> =>
      post('/sessions', JSON.stringify(sessionRequest(APPROVED, { completion })), {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      });
    const [status, session] = await create({ type: 'non_hosted', callback_url: 'https://shop.example/callback' });
    expect(status).toBe(202);
    expect(String(session['_links']?.['self']?.['href'])).toMatch(`${PUBLIC_URL}/sessions/sid_`);

    const url = 'http://127.0.0.1:9/inside';
    expect(await create({ type: 'non_hosted', callback_url: url, challenge_notification_url: url })).toMatchObject([
      422,
      { error_codes: ['completion_callback_url_invalid', 'completion_challenge_notification_url_invalid'] },
    ]);
    expect(await cli('merchant', 'list')).toHaveLength(1);
    expect(existsSync(join(dataDir, 'demo.json'))).toBe(false);
    expect(installation.output).not.toMatch(/Demo shop|simulator/);
  }, 30_000);

  it('is refused with what only the demo has', async () => {
    const other = temporaryDataDir();
    const refused = new Installation(other, { env: { ...environment(), COUNTERSIGN_TIME_SCALE: '1234' } });

    expect(await refused.exit()).toEqual({ code: 1, signal: null });
    expect(refused.output).toContain('COUNTERSIGN_TIME_SCALE');
    expect(refused.output).not.toContain('1234');
    removeDataDir(other);
  }, 60_000);
});
