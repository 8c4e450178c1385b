import { isCountryNumeric, isPlainName, SCHEMES, VISIBLE_TEXT, type Scheme } from '@app/kernel';
import { isColour } from './accent';
import { logoTypeOf, MAX_LOGO_BYTES } from './branding';
import { ACCOUNT_CONNECTORS } from './connector-account';
import { ENVIRONMENTS } from './model';
import { PAGE_LOCALES } from './page-locale';
import { GRANTABLE_SCOPES } from './scopes';

/** What a setting must be: the test, and the words for people. */
interface Rule {
  holds(value: unknown): boolean;
  says: string;
}

const text = (max: number): Rule => ({
  holds: (value) => typeof value === 'string' && value.trim() === value && value.length >= 1 && value.length <= max,
  says: `must be text of 1 to ${max} characters without space around it`,
});
const textThat = (max: number, isFit: (value: string) => boolean, says: string): Rule => ({
  holds: (value) => text(max).holds(value) && isFit(value as string),
  says: `${text(max).says}, ${says}`,
});
const visible = (max: number): Rule =>
  textThat(max, (value) => VISIBLE_TEXT.test(value), 'at least one of them visible');
const name = (max: number): Rule =>
  textThat(max, isPlainName, 'on one line, visible, and without marks that turn its direction');
const whole = (min: number, max: number): Rule => ({
  holds: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
  says: `must be a whole number from ${min} to ${max}`,
});
const oneOf = (values: readonly string[]): Rule => ({
  holds: (value) => typeof value === 'string' && values.includes(value),
  says: `must be one of ${values.join(', ')}`,
});
const listOf = (min: number, item: (value: string) => boolean, says: string): Rule => ({
  holds: (value) =>
    Array.isArray(value) &&
    value.length >= min &&
    new Set(value).size === value.length &&
    value.every((entry) => typeof entry === 'string' && item(entry)),
  says,
});
const pattern = (expression: RegExp, says: string): Rule => ({
  holds: (value) => typeof value === 'string' && expression.test(value),
  says,
});

const upstreamAddress: Rule = {
  holds: (value) => typeof value === 'string' && value.length <= 2048 && isBareAddress(value),
  says: 'must be an http or https address without credentials, query, fragment or slash at its end',
};

const origins = listOf(0, isOrigin, 'must be different origins such as https://shop.example, in lower case');

/** Every setting that a person can give, by name. Lengths of acquirer data are EMV's (AReq data elements). */
export const SETTING_RULES = {
  name: name(100),
  environment: oneOf(ENVIRONMENTS),
  connectors: listOf(1, (id) => /^[a-z][a-z0-9_]{0,39}$/.test(id), 'must be one or more different connector ids'),
  route: {
    holds: (value) => Array.isArray(value) && value.length > 0,
    says: 'must name one connector at least',
  },
  preferredSchemes: listOf(
    0,
    (scheme) => SCHEMES.includes(scheme as Scheme),
    `must be different schemes of ${SCHEMES.join(', ')}`,
  ),
  sessionMinutes: whole(5, 60),
  cardRetentionMinutes: whole(0, 1440),
  autoComplete: { holds: (value) => typeof value === 'boolean', says: 'must be true or false' },
  scheme: oneOf(SCHEMES),
  acquirerBin: pattern(/^\d{1,11}$/, 'must be 1 to 11 digits'),
  acquirerMerchantId: visible(35),
  mcc: pattern(/^\d{4}$/, 'must be four digits'),
  countryCode: {
    holds: (value) => typeof value === 'string' && isCountryNumeric(value),
    says: 'must be a country of ISO 3166-1 (three digits)',
  },
  merchantName: visible(40),
  requestorId: visible(35),
  requestorName: visible(40),
  requestorUrl: {
    holds: (value) => typeof value === 'string' && value.length <= 2048 && isHttpUrl(value),
    says: 'must be an http or https address of at most 2048 characters',
  },
  scopes: listOf(
    1,
    (scope) => (GRANTABLE_SCOPES as string[]).includes(scope),
    `must be one or more different scopes of ${GRANTABLE_SCOPES.join(', ')}`,
  ),
  tokenTtlSeconds: whole(1, 86_400),
  allowedOrigins: origins,
  displayName: text(60),
  accent: { holds: (value) => typeof value === 'string' && isColour(value), says: 'must be a colour such as #0b6b52' },
  locale: oneOf(PAGE_LOCALES),
  frameAncestors: origins,
  logo: {
    holds: (value) => value instanceof Uint8Array && value.length <= MAX_LOGO_BYTES && logoTypeOf(value) !== null,
    says: `must be a PNG, JPEG or WebP of at most ${MAX_LOGO_BYTES / 1024} KiB`,
  },
  connector: oneOf(ACCOUNT_CONNECTORS),
  apiBaseUrl: upstreamAddress,
  tokenUrl: upstreamAddress,
  // RFC 6749 section 3.3
  upstreamScopes: listOf(
    0,
    (scope) => /^[\x21\x23-\x5B\x5D-\x7E]{1,100}$/.test(scope),
    'must be different names of at most 100 characters without spaces or quotes',
  ),
  upstreamProcessingChannelId: pattern(/^pc_\w{26}$/, 'must be an id of the form pc_ and 26 characters'),
  // RFC 6749 appendix A: visible characters and spaces
  clientId: pattern(/^[\x21-\x7E]{1,200}$/, 'must be 1 to 200 characters without spaces'),
  clientSecret: pattern(/^[\x21-\x7E]{1,500}$/, 'must be 1 to 500 characters without spaces'),
  webhookKey: pattern(/^[\x21-\x7E]{8,500}$/, 'must be 8 to 500 characters without spaces'),
} as const satisfies Record<string, Rule>;

export type SettingName = keyof typeof SETTING_RULES;

/** A setting that breaks its rule, and the rule in words. */
export interface SettingProblem {
  setting: SettingName;
  says: string;
}

/** Every given setting that breaks its rule, in the order given. Names without a rule are not looked at. */
export function settingProblems(settings: object): SettingProblem[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (!Object.hasOwn(SETTING_RULES, name)) return [];
    const setting = name as SettingName;
    const rule: Rule = SETTING_RULES[setting];
    return rule.holds(value) ? [] : [{ setting, says: rule.says }];
  });
}

function isBareAddress(text: string): boolean {
  if (!isHttpUrl(text) || /[?#]|\/$/.test(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** As browsers write it (RFC 6454 section 6.2): scheme, host, and a port that is not the usual one. */
function isOrigin(text: string): boolean {
  return isHttpUrl(text) && text.length <= 300 && new URL(text).origin === text;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
