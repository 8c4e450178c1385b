import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig, loadServerConfig } from './load-config';

const KEK = Buffer.alloc(32, 1).toString('base64');
const OLD_KEK = Buffer.alloc(32, 2).toString('base64');
const MINIMUM = { DATABASE_URL: 'postgres://u:p@db/countersign', COUNTERSIGN_KEK: KEK };

function refusal(env: Record<string, string | undefined>): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted');
}

describe('the configuration', () => {
  it('needs a database and a key encryption key, and defaults the rest to production', () => {
    const config = loadConfig(MINIMUM);

    expect(config).toMatchObject({
      http: { port: 4000, rreqPort: null, publicUrl: null },
      role: 'all',
      demo: false,
      demoSeed: false,
      timeScale: 1,
      simulatorUrl: null,
    });
    expect(config.database.directUrl.expose()).toBe(MINIMUM.DATABASE_URL);
    expect(config.database.replicaUrl).toBeNull();
  });

  it('prepares statements where the database is met without a pooler, unless told otherwise', () => {
    const modes = ['', 'auto', 'on', 'off'].map(
      (mode) => loadConfig({ ...MINIMUM, DATABASE_PREPARED_STATEMENTS: mode }).database.preparedStatements,
    );

    expect(modes).toEqual(['auto', 'auto', 'on', 'off']);
  });

  it('is frozen, with everything in it', () => {
    const config = loadConfig(MINIMUM);

    expect([config, config.http, config.database, config.limits, config.keks].every(Object.isFrozen)).toBe(true);
  });

  it('takes empty variables as absent', () => {
    expect(loadConfig({ ...MINIMUM, PORT: '', COUNTERSIGN_ROLE: '' })).toMatchObject({
      http: { port: 4000 },
      role: 'all',
    });
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['RREQ_PORT', 'x'],
    ['HOST', 'a b'],
    ['COUNTERSIGN_PUBLIC_URL', 'shop.test'],
    ['COUNTERSIGN_PUBLIC_URL', 'https://shop.test/?q=1'],
    ['DATABASE_URL', 'mysql://db/x'],
    ['DATABASE_URL', ''],
    ['DATABASE_DIRECT_URL', 'db'],
    ['DATABASE_REPLICA_URL', 'db'],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_PREPARED_STATEMENTS', 'yes'],
    ['COUNTERSIGN_KEK', 'c2hvcnQ='],
    ['COUNTERSIGN_KEK', `${KEK},c2hvcnQ=`],
    ['COUNTERSIGN_ROLE', 'boss'],
    ['COUNTERSIGN_DEMO', 'yes'],
    ['COUNTERSIGN_DEMO_SEED', '1'],
    ['COUNTERSIGN_LOG_LEVEL', 'loud'],
    ['COUNTERSIGN_RATE_LIMIT_TOKENS', 'many'],
    ['COUNTERSIGN_RATE_LIMIT_TOKENS', '-5'],
    ['COUNTERSIGN_RATE_LIMIT_SESSIONS', '50:0'],
    ['COUNTERSIGN_RATE_LIMIT_HOSTED', '10-60'],
    ['COUNTERSIGN_RATE_LIMIT_ADDRESS', '50:'],
    ['COUNTERSIGN_TRUSTED_PROXIES', '10.0.0.0/8, proxy'],
    ['COUNTERSIGN_TRUSTED_PROXIES', '10.0.0.0/99'],
    ['COUNTERSIGN_MAX_REQUESTS', '0'],
    ['COUNTERSIGN_MAX_STREAMS', '0'],
    ['COUNTERSIGN_MAX_CONNECTIONS', '1.5'],
    ['COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS', '5'],
    ['COUNTERSIGN_HEADERS_TIMEOUT_MS', 'soon'],
    ['COUNTERSIGN_REQUEST_TIMEOUT_MS', '99'],
    ['COUNTERSIGN_IDLE_TIMEOUT_MS', '600001'],
    ['COUNTERSIGN_DRAIN_MS', '-1'],
  ])('refuses %s=%s by its name and without its value', (name, value) => {
    const error = refusal({ ...MINIMUM, [name]: value });

    expect(error.variables).toEqual([name]);
    if (value.length > 2) expect(error.message).not.toContain(value);
  });

  it('names every bad variable at once', () => {
    const error = refusal({ PORT: 'abc', COUNTERSIGN_ROLE: 'boss', COUNTERSIGN_TIME_SCALE: '2' });

    expect([...error.variables].sort()).toEqual([
      'COUNTERSIGN_KEK',
      'COUNTERSIGN_ROLE',
      'COUNTERSIGN_TIME_SCALE',
      'DATABASE_URL',
      'PORT',
    ]);
    expect(error.message).not.toMatch(/abc|boss/);
  });

  it.each([
    ['COUNTERSIGN_DEMO_SEED', 'on'],
    ['COUNTERSIGN_SIMULATOR_URL', 'http://localhost:4001'],
    ['COUNTERSIGN_TIME_SCALE', '60'],
    ['COUNTERSIGN_PUBLIC_URL', 'http://shop.test'],
  ])('takes %s=%s in demo mode only', (name, value) => {
    expect(refusal({ ...MINIMUM, [name]: value }).variables).toEqual([name]);
    expect(() => loadConfig({ ...MINIMUM, [name]: value, COUNTERSIGN_DEMO: '1' })).not.toThrow();
  });

  it.each([
    ['COUNTERSIGN_DEMO_SEED', 'off'],
    ['COUNTERSIGN_TIME_SCALE', '1'],
  ])('has nothing against %s=%s anywhere: it asks for nothing', (name, value) => {
    expect(loadConfig({ ...MINIMUM, [name]: value })).toMatchObject({ demoSeed: false, timeScale: 1 });
  });

  it.each(['0', '0.05', '1e3', '-1', '100001'])('refuses a time scale of %s even in demo mode', (value) => {
    const env = { ...MINIMUM, COUNTERSIGN_DEMO: '1', COUNTERSIGN_TIME_SCALE: value };

    expect(refusal(env).variables).toEqual(['COUNTERSIGN_TIME_SCALE']);
  });

  it('drops trailing slashes of addresses', () => {
    const config = loadConfig({ ...MINIMUM, COUNTERSIGN_PUBLIC_URL: 'https://3ds.test/base//' });

    expect(config.http.publicUrl).toBe('https://3ds.test/base');
  });

  it('shows no secret when printed', () => {
    const config = loadConfig(MINIMUM);

    expect(JSON.stringify(config)).not.toMatch(/u:p@db|AQEB/);
  });
});

describe('rate limits', () => {
  it.each([
    ['5:30', { perSecond: 5, burst: 30 }],
    ['5', { perSecond: 5, burst: 20 }],
    ['0', null],
  ])('%s is %j', (value, limit) => {
    const config = loadConfig({ ...MINIMUM, COUNTERSIGN_RATE_LIMIT_TOKENS: value });

    expect(config.limits.tokensPerKey).toEqual(limit);
  });

  it('are there by default, and no proxy is trusted', () => {
    const { limits } = loadConfig(MINIMUM);

    expect([limits.tokensPerKey, limits.sessionsPerKey, limits.hostedPerLink, limits.perAddress]).not.toContain(null);
    expect(limits.trustedProxies).toEqual([]);
  });

  it('believe the proxies that are named', () => {
    const config = loadConfig({ ...MINIMUM, COUNTERSIGN_TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8 192.0.2.7' });

    expect(config.limits.trustedProxies).toEqual(['10.0.0.0/8', 'fd00::/8', '192.0.2.7']);
  });
});

describe('the identity provider', () => {
  const OIDC = {
    COUNTERSIGN_OIDC_ISSUER: 'https://login.example.com/tenant',
    COUNTERSIGN_OIDC_CLIENT_ID: 'countersign',
    COUNTERSIGN_OIDC_CLIENT_SECRET: 'a secret of the client',
  };

  it('is none where none is named', () => {
    expect(loadConfig(MINIMUM).oidc).toBeNull();
  });

  it('is asked for an e-mail address, in our name, and passwords stay', () => {
    const { oidc } = loadConfig({ ...MINIMUM, ...OIDC });

    expect(oidc).toMatchObject({
      issuer: 'https://login.example.com/tenant',
      clientId: 'countersign',
      clientAuth: 'client_secret_basic',
      name: 'single sign-on',
      scopes: 'openid email profile',
      allowedDomains: null,
      secondFactors: ['mfa'],
      isOnlyWay: false,
    });
    expect(oidc?.clientSecret?.expose()).toBe('a secret of the client');
    expect(JSON.stringify(oidc)).not.toContain('a secret');
  });

  it('lets some domains in only, whatever their case', () => {
    const { oidc } = loadConfig({
      ...MINIMUM,
      ...OIDC,
      COUNTERSIGN_OIDC_ALLOWED_DOMAINS: 'Example.com, b.example.org',
    });

    expect(oidc?.allowedDomains).toEqual(['example.com', 'b.example.org']);
  });

  it.each([
    ['COUNTERSIGN_OIDC_ISSUER', 'login.example.com'],
    ['COUNTERSIGN_OIDC_ISSUER', 'http://login.example.com'],
    ['COUNTERSIGN_OIDC_ISSUER', ''],
    ['COUNTERSIGN_OIDC_CLIENT_ID', ''],
    ['COUNTERSIGN_OIDC_CLIENT_SECRET', ''],
    ['COUNTERSIGN_OIDC_CLIENT_AUTH', 'tls'],
    ['COUNTERSIGN_OIDC_NAME', 'x'.repeat(41)],
    ['COUNTERSIGN_OIDC_SCOPES', 'email'],
    ['COUNTERSIGN_OIDC_ALLOWED_DOMAINS', 'example'],
    ['COUNTERSIGN_OIDC_ONLY', 'yes'],
  ])('is refused with %s=%s', (name, value) => {
    expect(refusal({ ...MINIMUM, ...OIDC, [name]: value }).variables).toEqual([name]);
  });

  it('takes no secret of a client that has none, and is needed where it is the only way', () => {
    const secretless = { ...MINIMUM, ...OIDC, COUNTERSIGN_OIDC_CLIENT_AUTH: 'none' };

    expect(refusal(secretless).variables).toEqual(['COUNTERSIGN_OIDC_CLIENT_SECRET']);
    expect(loadConfig({ ...secretless, COUNTERSIGN_OIDC_CLIENT_SECRET: '' }).oidc?.clientSecret).toBeNull();
    expect(refusal({ ...MINIMUM, COUNTERSIGN_OIDC_ONLY: '1' }).variables).toEqual(['COUNTERSIGN_OIDC_ISSUER']);
  });

  it('may be reached by http in a demonstration', () => {
    const env = { ...MINIMUM, ...OIDC, COUNTERSIGN_OIDC_ISSUER: 'http://127.0.0.1:9000', COUNTERSIGN_DEMO: '1' };

    expect(loadConfig(env).oidc?.issuer).toBe('http://127.0.0.1:9000');
  });
});

describe('the wait before a process stops listening', () => {
  it('is for load balancers, which a demonstration has none of', () => {
    expect(loadConfig(MINIMUM).http.drainMs).toBe(2_000);
    expect(loadConfig({ ...MINIMUM, COUNTERSIGN_DEMO: '1' }).http.drainMs).toBe(0);
    expect(loadConfig({ ...MINIMUM, COUNTERSIGN_DRAIN_MS: '0' }).http.drainMs).toBe(0);
  });
});

describe('the configuration of a process that serves', () => {
  const refused = (env: Record<string, string>): readonly string[] => {
    try {
      loadServerConfig({ ...MINIMUM, ...env });
      return [];
    } catch (error) {
      return (error as ConfigError).variables;
    }
  };

  it.each(['api', 'all'])('has a public address outside demo mode, in role %s', (role) => {
    expect(refused({ COUNTERSIGN_ROLE: role })).toEqual(['COUNTERSIGN_PUBLIC_URL']);
    expect(refused({ COUNTERSIGN_ROLE: role, COUNTERSIGN_PUBLIC_URL: 'http://3ds.test' })).toEqual([
      'COUNTERSIGN_PUBLIC_URL',
    ]);
    expect(refused({ COUNTERSIGN_ROLE: role, COUNTERSIGN_PUBLIC_URL: 'https://3ds.test' })).toEqual([]);
  });

  it('needs none as a worker, and none in demo mode', () => {
    expect(refused({ COUNTERSIGN_ROLE: 'worker' })).toEqual([]);
    expect(refused({ COUNTERSIGN_DEMO: '1' })).toEqual([]);
  });
});

describe('the key encryption keys', () => {
  it('keep their order, the current one first, each with a stable name that does not tell the key', () => {
    const { keks } = loadConfig({ ...MINIMUM, COUNTERSIGN_KEK: `${KEK},\n${OLD_KEK}` });
    const again = loadConfig({ ...MINIMUM, COUNTERSIGN_KEK: OLD_KEK }).keks;

    expect(keks.map((kek) => kek.key.expose()[0])).toEqual([1, 2]);
    expect(keks[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(keks[1]?.id).toBe(again[0]?.id);
    expect(keks[0]?.id).not.toBe(keks[1]?.id);
  });

  describe('in a file', () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kek-'))));
    afterEach(() => rmSync(folder, { recursive: true }));

    it('are read from it', () => {
      writeFileSync(join(folder, 'kek'), `${KEK}\n${OLD_KEK}\n`);
      const env = { DATABASE_URL: MINIMUM.DATABASE_URL, COUNTERSIGN_KEK_FILE: join(folder, 'kek') };

      expect(loadConfig(env).keks).toHaveLength(2);
    });

    it.each([
      ['is missing', null],
      ['is empty', '\n'],
      ['holds no key', 'not a key'],
    ])('are refused by name when it %s', (_, content) => {
      if (content !== null) writeFileSync(join(folder, 'kek'), content);
      const env = { DATABASE_URL: MINIMUM.DATABASE_URL, COUNTERSIGN_KEK_FILE: join(folder, 'kek') };

      expect(refusal(env).variables).toEqual(['COUNTERSIGN_KEK_FILE']);
    });
  });
});
