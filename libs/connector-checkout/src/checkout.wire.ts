/** What the upstream says, checked on arrival (sessions-api.md sections 6 and 9). What is not as documented is not there. */
import { maskedText } from '@app/emv3ds';
import { isUuid, SCHEMES, Secret, type Scheme } from '@app/kernel';
import { masked } from './masking';

type Json = Readonly<Record<string, unknown>>;

/** A session as the upstream tells of it; members that were missing or malformed are absent. */
export interface UpstreamSession {
  /** `sid_…` there. */
  id: string;
  /** As it came; what we do not know is no status of ours. */
  status: string;
  nextActions: readonly string[];
  reference?: string;
  transactionId?: string;
  scheme?: Scheme;
  protocolVersion?: string;
  methodUrl?: string;
  statusReason?: string;
  responseCode?: string;
  responseStatusReason?: string;
  challenged?: boolean;
  cryptogram?: Secret;
  eci?: string;
  cardholderInfo?: string;
  instrumentId?: string;
  ds: { id?: string; referenceNumber?: string; transactionId?: string };
  acs?: UpstreamAcs;
  challengeRequest?: string;
  interactionCounter?: string;
  error?: { code: string; component: string; description: string; detail: string };
  /** Members that are shown as they came. */
  members: Json;
}

/** The issuer's server (section 6.3). */
export interface UpstreamAcs {
  transactionId: string;
  referenceNumber?: string;
  operatorId?: string;
  url?: string;
  challengeMandated?: boolean;
  signedContent?: string;
  interface?: string;
  uiTemplate?: string;
  authenticationType?: string;
  cancelReason?: string;
  cancelReasonCode?: string;
}

/** The body of an error. Codes are as documented: words of lower-case letters, digits and underscores. */
export interface UpstreamError {
  type: string;
  codes: readonly string[];
  requestId?: string;
}

const SESSION_ID = /^sid_\w{26}$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const JWS = /^[\w-]+\.[\w-]*\.[\w-]+$/;
/** Base64 of some kind, in one part or several; never digits alone. */
const ENCODED_KEY = /^(?=[^A-Za-z]*[A-Za-z])[\w+/=.-]+$/;
const CODE = /^[a-z0-9_]{1,100}$/;

/** The session in a JSON answer, or null when it is none. */
export function readSession(body: unknown): UpstreamSession | null {
  const json = objectOf(body);
  const id = textOf(json?.['id'], SESSION_ID);
  const status = textOf(json?.['status'], CODE);
  if (!json || id === undefined || status === undefined) return null;
  const card = objectOf(json['card']);
  const ds = objectOf(json['ds']);
  const threeDs = objectOf(json['3ds']);
  const links = objectOf(json['_links']);
  const cryptogram = textOf(json['cryptogram'], BASE64, 2_048);
  return defined<UpstreamSession>({
    id,
    status,
    nextActions: listOf(json['next_actions']),
    reference: textOf(json['reference'], /^/, 1_000),
    transactionId: uuidOf(json['transaction_id']),
    scheme: SCHEMES.find((scheme) => scheme === json['scheme']),
    protocolVersion: textOf(json['protocol_version'], /^\d\.\d\.\d{1,2}$/),
    methodUrl: urlOf(objectOf(links?.['three_ds_method_url'])?.['href']),
    statusReason: textOf(json['status_reason'], CODE),
    responseCode: textOf(json['response_code'], /^[A-Z]$/),
    responseStatusReason: textOf(json['response_status_reason'], /^\d{2}$/),
    challenged: booleanOf(json['challenged']),
    cryptogram: cryptogram === undefined ? undefined : new Secret(cryptogram),
    eci: textOf(json['eci'], /^\d{2}$/),
    cardholderInfo: wordsOf(json['cardholder_info'], 128),
    instrumentId: textOf(card?.['instrument_id'], /^src_\w{1,96}$/),
    ds: defined({
      id: textOf(ds?.['ds_id'], /^[\w-]{1,32}$/),
      referenceNumber: wordsOf(ds?.['reference_number'], 32),
      transactionId: uuidOf(ds?.['transaction_id']),
    }),
    acs: acsOf(json['acs']),
    challengeRequest: textOf(threeDs?.['challenge_request'], BASE64, 16_384),
    interactionCounter: textOf(threeDs?.['interaction_counter'], /^\d{1,2}$/),
    error: errorDetailsOf(threeDs?.['error_details']),
    members: membersOf(json, card),
  });
}

/** The error in a JSON answer; an unknown one when there is none. */
export function readError(body: unknown): UpstreamError {
  const json = objectOf(body);
  const codes = Array.isArray(json?.['error_codes']) ? (json['error_codes'] as unknown[]) : [];
  return defined<UpstreamError>({
    type: textOf(json?.['error_type'], CODE) ?? 'unknown_error',
    codes: codes.filter((code): code is string => textOf(code, CODE) !== undefined).slice(0, 50),
    requestId: textOf(json?.['request_id'], /^[\w-]{1,64}$/),
  });
}

function acsOf(value: unknown): UpstreamAcs | undefined {
  const acs = objectOf(value);
  const transactionId = uuidOf(acs?.['transaction_id']);
  if (!acs || transactionId === undefined) return undefined;
  return defined<UpstreamAcs>({
    transactionId,
    referenceNumber: wordsOf(acs['reference_number'], 32),
    operatorId: wordsOf(acs['operator_id'], 32),
    url: urlOf(acs['url']),
    challengeMandated: booleanOf(acs['challenge_mandated']),
    signedContent: textOf(acs['signed_content'], JWS, 65_536),
    interface: textOf(acs['interface'], CODE),
    uiTemplate: textOf(acs['ui_template'], CODE),
    authenticationType: textOf(acs['authentication_type'], /^\d{2}$/),
    cancelReason: textOf(acs['challenge_cancel_reason'], CODE),
    cancelReasonCode: textOf(acs['challenge_cancel_reason_code'], /^\d{1,2}$/),
  });
}

/** The fields of an EMV error message; free text is masked. */
function errorDetailsOf(value: unknown): UpstreamSession['error'] {
  const details = objectOf(value);
  const code = textOf(details?.['error_code'], /^\w{1,3}$/);
  if (!details || code === undefined) return undefined;
  return {
    code,
    component: textOf(details['error_component'], /^[A-Z]$/) ?? '',
    description: wordsOf(details['error_description'], 2_048) ?? '',
    detail: wordsOf(details['error_detail'], 2_048) ?? '',
  };
}

/** Shown as they came, and only these: whatever else comes may hold what must not be kept. */
const MEMBERS = [
  'scheme_info',
  'exemption',
  'xid',
  'flow_type',
  'authentication_date',
  'optimization',
  'preferred_experiences',
  'experience',
] as const;

function membersOf(json: Json, card: Json | undefined): Json {
  const found = MEMBERS.filter((name) => json[name] !== undefined && json[name] !== null).map(
    (name) => [name, json[name]] as const,
  );
  const metadata = objectOf(card?.['metadata']);
  const certificates = certificatesOf(objectOf(json['certificates']));
  return {
    ...masked(Object.fromEntries([...found, ...(metadata ? [['card.metadata', metadata] as const] : [])])),
    ...(certificates === undefined ? {} : { certificates }),
  };
}

/** Public keys for an app's SDK. Not cut and not searched for numbers: a key of which a part is missing is none. */
function certificatesOf(value: Json | undefined): Json | undefined {
  const certificate = (member: unknown): string | undefined => textOf(member, ENCODED_KEY, 16_384);
  const all = value?.['ca_public_all'];
  const list = Array.isArray(all) && all.length <= 20 && all.every((one) => certificate(one) !== undefined);
  const found = defined<Json>({
    ds_public: certificate(value?.['ds_public']),
    ca_public: certificate(value?.['ca_public']),
    ca_public_all: list ? (all as unknown[]) : undefined,
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function textOf(value: unknown, shape: RegExp, maxLength = 256): string | undefined {
  return typeof value === 'string' && value.length <= maxLength && shape.test(value) ? value : undefined;
}

/** Text for people, as far as it fits. */
function wordsOf(value: unknown, maxLength: number): string | undefined {
  return typeof value === 'string' && value !== '' ? maskedText(value).slice(0, maxLength) : undefined;
}

function uuidOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return isUuid(text) ? text : undefined;
}

function urlOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2_048) return undefined;
  return /^https?:$/.test(URL.parse(value)?.protocol ?? '') ? value : undefined;
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => textOf(entry, CODE) !== undefined) : [];
}

/** The object without its undefined members. Its names are ours, never the upstream's. */
export function defined<T extends object>(value: { [Key in keyof T]: T[Key] | undefined }): T {
  const present: Partial<T> = {};
  for (const name of Object.keys(value) as (keyof T)[]) if (value[name] !== undefined) present[name] = value[name];
  return present as T;
}
