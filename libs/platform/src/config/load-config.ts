import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Secret } from '@app/kernel';
import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsNumber, IsOptional, IsString, Matches, Max, Min, validateSync } from 'class-validator';
import type { PreparedStatementsMode } from '../database/prepared-statements';
import { parseNetworks } from '../limits/client-address';
import type { RateLimit } from '../limits/rate-limiter';
import type { AppConfig, Kek, OidcClientAuth, OidcConfig, Role } from './app-config';

const integer = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
const decimal = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;

const HTTP_URL = /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/;
const POSTGRES_URL = /^postgres(ql)?:\/\/\S+$/;
/** `rate` or `rate:burst`, in requests; a rate of 0 is no limit. */
const RATE = /^(\d{1,7})(?::([1-9]\d{0,7}))?$/;

/** Domains, separated by commas or spaces. */
const DOMAINS = /^[\w-]+(\.[\w-]+)+([\s,]+[\w-]+(\.[\w-]+)+)*$/;
const OIDC_CLIENT_AUTHS: readonly OidcClientAuth[] = ['client_secret_basic', 'client_secret_post', 'none'];

/** The environment as text, one property per variable; what is not here is not read. */
class Environment {
  @IsOptional() @Transform(integer) @IsInt() @Min(0) @Max(65535) PORT = 4000;
  @IsOptional() @Transform(integer) @IsInt() @Min(0) @Max(65535) RREQ_PORT?: number;
  @IsOptional() @IsString() @Matches(/^[\w.:-]+$/) HOST = '0.0.0.0';
  @IsOptional() @Matches(HTTP_URL) COUNTERSIGN_PUBLIC_URL?: string;
  @Matches(POSTGRES_URL) DATABASE_URL: string;
  @IsOptional() @Matches(POSTGRES_URL) DATABASE_DIRECT_URL?: string;
  @IsOptional() @Matches(POSTGRES_URL) DATABASE_REPLICA_URL?: string;
  @IsOptional() @Transform(integer) @IsInt() @Min(1) @Max(200) DATABASE_POOL_SIZE = 16;
  @IsOptional() @IsIn(['auto', 'on', 'off']) DATABASE_PREPARED_STATEMENTS: PreparedStatementsMode = 'auto';
  @IsOptional() @IsString() COUNTERSIGN_KEK?: string;
  @IsOptional() @IsString() COUNTERSIGN_KEK_FILE?: string;
  @IsOptional() @IsIn(['api', 'worker', 'all']) COUNTERSIGN_ROLE: Role = 'all';
  @IsOptional() @IsIn(['0', '1']) COUNTERSIGN_DEMO = '0';
  @IsOptional() @IsIn(['on', 'off']) COUNTERSIGN_DEMO_SEED = 'off';
  @IsOptional() @Matches(HTTP_URL) COUNTERSIGN_SIMULATOR_URL?: string;
  @IsOptional() @Transform(decimal) @IsNumber() @Min(0.1) @Max(100_000) COUNTERSIGN_TIME_SCALE = 1;
  @IsOptional() @Matches(HTTP_URL) COUNTERSIGN_OIDC_ISSUER?: string;
  @IsOptional() @IsString() COUNTERSIGN_OIDC_CLIENT_ID?: string;
  @IsOptional() @IsString() COUNTERSIGN_OIDC_CLIENT_SECRET?: string;
  @IsOptional() @IsIn(OIDC_CLIENT_AUTHS) COUNTERSIGN_OIDC_CLIENT_AUTH: OidcClientAuth = 'client_secret_basic';
  @IsOptional() @Matches(/^\S.{0,38}\S$/) COUNTERSIGN_OIDC_NAME = 'single sign-on';
  @IsOptional() @Matches(/(^| )openid( |$)/) COUNTERSIGN_OIDC_SCOPES = 'openid email profile';
  @IsOptional() @Matches(DOMAINS) COUNTERSIGN_OIDC_ALLOWED_DOMAINS?: string;
  @IsOptional() @IsString() COUNTERSIGN_OIDC_SECOND_FACTORS = 'mfa';
  @IsOptional() @IsIn(['0', '1']) COUNTERSIGN_OIDC_ONLY = '0';
  @IsOptional() @IsString() COUNTERSIGN_DATA_DIR = './.countersign';
  @IsOptional() @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) COUNTERSIGN_LOG_LEVEL = 'info';
  @IsOptional() @Matches(RATE) COUNTERSIGN_RATE_LIMIT_TOKENS = '100:400';
  @IsOptional() @Matches(RATE) COUNTERSIGN_RATE_LIMIT_SESSIONS = '500:2000';
  @IsOptional() @Matches(RATE) COUNTERSIGN_RATE_LIMIT_HOSTED = '10:60';
  @IsOptional() @Matches(RATE) COUNTERSIGN_RATE_LIMIT_CARDS = '200:1000';
  @IsOptional() @Matches(RATE) COUNTERSIGN_RATE_LIMIT_ADDRESS = '200:1000';
  @IsOptional() @Matches(RATE) COUNTERSIGN_RATE_LIMIT_CARD_ADDRESS = '10:100';
  @IsOptional() @IsString() COUNTERSIGN_TRUSTED_PROXIES = '';
  @IsOptional() @Transform(integer) @IsInt() @Min(1) @Max(100_000) COUNTERSIGN_MAX_REQUESTS = 1_000;
  @IsOptional() @Transform(integer) @IsInt() @Min(1) @Max(100_000) COUNTERSIGN_MAX_STREAMS = 2_000;
  @IsOptional() @Transform(integer) @IsInt() @Min(1) @Max(100_000) COUNTERSIGN_MAX_CONNECTIONS = 10_000;
  @IsOptional() @Transform(integer) @IsInt() @Min(20) @Max(60_000) COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS = 300;
  @IsOptional() @Transform(integer) @IsInt() @Min(100) @Max(300_000) COUNTERSIGN_HEADERS_TIMEOUT_MS = 15_000;
  @IsOptional() @Transform(integer) @IsInt() @Min(100) @Max(300_000) COUNTERSIGN_REQUEST_TIMEOUT_MS = 30_000;
  @IsOptional() @Transform(integer) @IsInt() @Min(100) @Max(600_000) COUNTERSIGN_IDLE_TIMEOUT_MS = 72_000;
  @IsOptional() @Transform(integer) @IsInt() @Min(0) @Max(60_000) COUNTERSIGN_DRAIN_MS?: number;
}

const VARIABLES = [
  'PORT',
  'RREQ_PORT',
  'HOST',
  'COUNTERSIGN_PUBLIC_URL',
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_REPLICA_URL',
  'DATABASE_POOL_SIZE',
  'DATABASE_PREPARED_STATEMENTS',
  'COUNTERSIGN_KEK',
  'COUNTERSIGN_KEK_FILE',
  'COUNTERSIGN_ROLE',
  'COUNTERSIGN_DEMO',
  'COUNTERSIGN_DEMO_SEED',
  'COUNTERSIGN_SIMULATOR_URL',
  'COUNTERSIGN_TIME_SCALE',
  'COUNTERSIGN_OIDC_ISSUER',
  'COUNTERSIGN_OIDC_CLIENT_ID',
  'COUNTERSIGN_OIDC_CLIENT_SECRET',
  'COUNTERSIGN_OIDC_CLIENT_AUTH',
  'COUNTERSIGN_OIDC_NAME',
  'COUNTERSIGN_OIDC_SCOPES',
  'COUNTERSIGN_OIDC_ALLOWED_DOMAINS',
  'COUNTERSIGN_OIDC_SECOND_FACTORS',
  'COUNTERSIGN_OIDC_ONLY',
  'COUNTERSIGN_DATA_DIR',
  'COUNTERSIGN_LOG_LEVEL',
  'COUNTERSIGN_RATE_LIMIT_TOKENS',
  'COUNTERSIGN_RATE_LIMIT_SESSIONS',
  'COUNTERSIGN_RATE_LIMIT_HOSTED',
  'COUNTERSIGN_RATE_LIMIT_CARDS',
  'COUNTERSIGN_RATE_LIMIT_ADDRESS',
  'COUNTERSIGN_RATE_LIMIT_CARD_ADDRESS',
  'COUNTERSIGN_TRUSTED_PROXIES',
  'COUNTERSIGN_MAX_REQUESTS',
  'COUNTERSIGN_MAX_STREAMS',
  'COUNTERSIGN_MAX_CONNECTIONS',
  'COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS',
  'COUNTERSIGN_HEADERS_TIMEOUT_MS',
  'COUNTERSIGN_REQUEST_TIMEOUT_MS',
  'COUNTERSIGN_IDLE_TIMEOUT_MS',
  'COUNTERSIGN_DRAIN_MS',
] as const satisfies readonly (keyof Environment)[];

/** Only demo mode may have these, and a production start refuses them; what each says that is the same as nothing. */
const DEMO_ONLY = {
  COUNTERSIGN_DEMO_SEED: 'off',
  COUNTERSIGN_SIMULATOR_URL: undefined,
  COUNTERSIGN_TIME_SCALE: '1',
} as const;

/** The environment is not fit to start with. The message names every bad variable and never a value. */
export class ConfigError extends Error {
  constructor(readonly variables: readonly string[]) {
    super(`Missing or not valid in the environment: ${variables.join(', ')}`);
    this.name = 'ConfigError';
  }
}

/** `text` holds one or more base64 keys of 32 bytes, separated by commas or white space, the current one first. */
function parseKeks(text: string): Kek[] | null {
  const keys = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => Buffer.from(part, 'base64'));
  if (keys.length === 0 || keys.some((key) => key.length !== 32)) return null;
  return keys.map((key) => ({ id: kekId(key), key: new Secret(key) }));
}

/** A UUID-shaped name that tells nothing about the key. */
function kekId(key: Buffer): string {
  const hex = createHash('sha256').update('countersign kek id').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function readKeks(environment: Environment, bad: Set<string>): Kek[] {
  if (environment.COUNTERSIGN_KEK !== undefined) {
    const keks = parseKeks(environment.COUNTERSIGN_KEK);
    if (!keks) bad.add('COUNTERSIGN_KEK');
    return keks ?? [];
  }
  if (environment.COUNTERSIGN_KEK_FILE === undefined) {
    bad.add('COUNTERSIGN_KEK');
    return [];
  }
  try {
    const keks = parseKeks(readFileSync(environment.COUNTERSIGN_KEK_FILE, 'utf8'));
    if (keks) return keks;
  } catch {
    // Named below like any other bad value; the reason (missing, unreadable) is for the operator to look at.
  }
  bad.add('COUNTERSIGN_KEK_FILE');
  return [];
}

/** Without a burst of its own a rate allows four seconds' worth at once. Null: no limit. */
function parseRate(text: string): RateLimit | null {
  const [, rate, burst] = RATE.exec(text) ?? [];
  const perSecond = Number(rate);
  return perSecond > 0 ? Object.freeze({ perSecond, burst: Number(burst ?? 4 * perSecond) }) : null;
}

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '');

function readNetworks(text: string, bad: Set<string>): readonly string[] {
  const networks = wordsOf(text);
  if (!parseNetworks(networks)) bad.add('COUNTERSIGN_TRUSTED_PROXIES');
  return Object.freeze(networks);
}

/** The identity provider, where one is named: then with a client of ours, and outside demo mode by https. */
function readOidc(environment: Environment, demo: boolean, bad: Set<string>): OidcConfig | null {
  const { COUNTERSIGN_OIDC_ISSUER: issuer, COUNTERSIGN_OIDC_CLIENT_ID: clientId } = environment;
  const isOnlyWay = environment.COUNTERSIGN_OIDC_ONLY === '1';
  if (issuer === undefined || clientId === undefined) {
    // Half of it, or a door that would lead nowhere.
    if (issuer === undefined && (isOnlyWay || clientId !== undefined)) bad.add('COUNTERSIGN_OIDC_ISSUER');
    if (issuer !== undefined) bad.add('COUNTERSIGN_OIDC_CLIENT_ID');
    return null;
  }
  const { COUNTERSIGN_OIDC_CLIENT_AUTH: clientAuth, COUNTERSIGN_OIDC_CLIENT_SECRET: secret } = environment;
  if (!demo && !issuer.startsWith('https:')) bad.add('COUNTERSIGN_OIDC_ISSUER');
  if ((clientAuth === 'none') !== (secret === undefined)) bad.add('COUNTERSIGN_OIDC_CLIENT_SECRET');
  const domains = environment.COUNTERSIGN_OIDC_ALLOWED_DOMAINS;
  return Object.freeze<OidcConfig>({
    issuer,
    clientId,
    clientSecret: secret === undefined ? null : new Secret(secret),
    clientAuth,
    name: environment.COUNTERSIGN_OIDC_NAME,
    scopes: environment.COUNTERSIGN_OIDC_SCOPES,
    allowedDomains: domains === undefined ? null : Object.freeze(wordsOf(domains.toLowerCase())),
    secondFactors: Object.freeze(wordsOf(environment.COUNTERSIGN_OIDC_SECOND_FACTORS)),
    isOnlyWay,
  });
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads, checks and freezes the configuration of a tool that works on an installation. Empty variables count as absent.
 * @throws ConfigError that names every variable that is missing or not valid.
 */
export function loadConfig(env: Env = process.env): AppConfig {
  return load(env, false);
}

/**
 * As `loadConfig`, for a process that serves: outside demo mode it must know the address that it hands out, since the one
 * it listens on is nobody else's. A worker hands none out.
 * @throws ConfigError
 */
export function loadServerConfig(env: Env = process.env): AppConfig {
  return load(env, true);
}

function load(env: Env, serves: boolean): AppConfig {
  const given = Object.fromEntries(
    VARIABLES.map((name) => [name, env[name]] as const).filter(([, value]) => value !== undefined && value !== ''),
  );
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const bad = new Set(validateSync(environment).map((error) => error.property));
  const keks = readKeks(environment, bad);
  const trustedProxies = readNetworks(environment.COUNTERSIGN_TRUSTED_PROXIES, bad);
  const demo = environment.COUNTERSIGN_DEMO === '1';
  const oidc = readOidc(environment, demo, bad);
  if (!demo) {
    for (const [name, none] of Object.entries(DEMO_ONLY)) if ((given[name] ?? none) !== none) bad.add(name);
    const isNeeded = serves && environment.COUNTERSIGN_ROLE !== 'worker';
    const publicUrl = environment.COUNTERSIGN_PUBLIC_URL ?? (isNeeded ? '' : 'https:');
    if (!publicUrl.startsWith('https:')) bad.add('COUNTERSIGN_PUBLIC_URL');
  }
  if (bad.size > 0) throw new ConfigError([...bad]);
  return Object.freeze<AppConfig>({
    http: Object.freeze({
      host: environment.HOST,
      port: environment.PORT,
      rreqPort: environment.RREQ_PORT ?? null,
      publicUrl: environment.COUNTERSIGN_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
      bodyLimitBytes: 256 * 1024,
      maxConnections: environment.COUNTERSIGN_MAX_CONNECTIONS,
      headersTimeoutMs: environment.COUNTERSIGN_HEADERS_TIMEOUT_MS,
      requestTimeoutMs: Math.max(
        environment.COUNTERSIGN_REQUEST_TIMEOUT_MS,
        environment.COUNTERSIGN_HEADERS_TIMEOUT_MS,
      ),
      idleTimeoutMs: environment.COUNTERSIGN_IDLE_TIMEOUT_MS,
      drainMs: environment.COUNTERSIGN_DRAIN_MS ?? (demo ? 0 : 2_000),
    }),
    limits: Object.freeze({
      tokensPerKey: parseRate(environment.COUNTERSIGN_RATE_LIMIT_TOKENS),
      sessionsPerKey: parseRate(environment.COUNTERSIGN_RATE_LIMIT_SESSIONS),
      hostedPerLink: parseRate(environment.COUNTERSIGN_RATE_LIMIT_HOSTED),
      cardsPerKey: parseRate(environment.COUNTERSIGN_RATE_LIMIT_CARDS),
      perAddress: parseRate(environment.COUNTERSIGN_RATE_LIMIT_ADDRESS),
      cardsPerAddress: parseRate(environment.COUNTERSIGN_RATE_LIMIT_CARD_ADDRESS),
      trustedProxies,
      maxRequests: environment.COUNTERSIGN_MAX_REQUESTS,
      maxStreams: environment.COUNTERSIGN_MAX_STREAMS,
      maxEventLoopDelayMs: environment.COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS,
    }),
    database: Object.freeze({
      url: new Secret(environment.DATABASE_URL),
      directUrl: new Secret(environment.DATABASE_DIRECT_URL ?? environment.DATABASE_URL),
      replicaUrl: environment.DATABASE_REPLICA_URL === undefined ? null : new Secret(environment.DATABASE_REPLICA_URL),
      poolSize: environment.DATABASE_POOL_SIZE,
      preparedStatements: environment.DATABASE_PREPARED_STATEMENTS,
    }),
    keks: Object.freeze(keks),
    role: environment.COUNTERSIGN_ROLE,
    oidc,
    demo,
    demoSeed: demo && environment.COUNTERSIGN_DEMO_SEED === 'on',
    simulatorUrl: environment.COUNTERSIGN_SIMULATOR_URL?.replace(/\/+$/, '') ?? null,
    timeScale: environment.COUNTERSIGN_TIME_SCALE,
    dataDir: resolve(environment.COUNTERSIGN_DATA_DIR),
    logLevel: environment.COUNTERSIGN_LOG_LEVEL,
  });
}
