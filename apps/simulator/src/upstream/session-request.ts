/** What a session request must have (sessions-api.md section 5), as tables, and the reading of one. */
import { isRecord } from '../http/body';

type Json = Readonly<Record<string, unknown>>;
type Test = (value: unknown) => boolean;
/** Path inside the object, how it is checked, whether it may be missing. */
type Rule = readonly [name: string, test: Test, presence: 'required' | 'optional'];

const text =
  (max: number, min = 1): Test =>
  (value) =>
    typeof value === 'string' && value.length >= min && value.length <= max;
const pattern =
  (shape: RegExp): Test =>
  (value) =>
    typeof value === 'string' && shape.test(value);
const integer =
  (min: number, max: number): Test =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
const oneOf =
  (...words: readonly string[]): Test =>
  (value) =>
    typeof value === 'string' && words.includes(value);
const flag: Test = (value) => typeof value === 'boolean';
const url: Test = (value) => typeof value === 'string' && value.length <= 256 && URL.canParse(value);
const list: Test = (value) => Array.isArray(value);

const EXPIRY = (presence: Rule[2]): readonly Rule[] => [
  ['expiry_month', integer(1, 12), presence],
  ['expiry_year', integer(1000, 9999), presence],
];

const TOP: readonly Rule[] = [
  ['currency', pattern(/^[A-Z]{3}$/), 'required'],
  ['source', isRecord, 'required'],
  ['completion', isRecord, 'required'],
  ['amount', integer(0, Number.MAX_SAFE_INTEGER), 'optional'],
  ['processing_channel_id', pattern(/^pc_\w{26}$/), 'optional'],
  ['authentication_type', oneOf('regular', 'recurring', 'installment', 'maintain_card', 'add_card'), 'optional'],
  ['authentication_category', oneOf('payment', 'non_payment', 'nonPayment'), 'optional'],
  ['challenge_indicator', text(50), 'optional'],
  ['reference', text(100), 'optional'],
  ['channel_data', isRecord, 'optional'],
];

const SOURCES: Readonly<Record<string, readonly Rule[]>> = {
  card: [['number', pattern(/^\d{13,19}$/), 'required'], ...EXPIRY('required')],
  id: [['id', text(100), 'required'], ...EXPIRY('optional')],
  token: [['token', text(100), 'required'], ...EXPIRY('optional')],
  network_token: [['token', pattern(/^\d{9,19}$/), 'required'], ...EXPIRY('required')],
};

const COMPLETIONS: Readonly<Record<string, readonly Rule[]>> = {
  hosted: [
    ['success_url', url, 'required'],
    ['failure_url', url, 'required'],
  ],
  non_hosted: [
    ['callback_url', url, 'optional'],
    ['challenge_notification_url', url, 'optional'],
  ],
};

const CHANNELS: Readonly<Record<string, readonly Rule[]>> = {
  browser: [
    ['accept_header', text(2048), 'required'],
    ['java_enabled', flag, 'optional'],
    ['javascript_enabled', flag, 'optional'],
    ['language', text(12), 'required'],
    ['color_depth', text(2), 'required'],
    ['screen_height', text(6), 'required'],
    ['screen_width', text(6), 'required'],
    ['timezone', text(5), 'required'],
    ['user_agent', text(2048), 'required'],
    ['ip_address', text(45), 'required'],
    ['three_ds_method_completion', pattern(/^[YNU]$/i), 'optional'],
  ],
  app: [
    ['sdk_app_id', text(36, 36), 'required'],
    ['sdk_max_timeout', integer(5, 99), 'required'],
    ['sdk_ephem_pub_key', isRecord, 'required'],
    ['sdk_encrypted_data', text(64_000), 'required'],
    ['sdk_reference_number', text(32), 'required'],
    ['sdk_transaction_id', text(36, 36), 'required'],
    ['sdk_interface_type', oneOf('native', 'html', 'both'), 'required'],
    ['sdk_ui_elements', list, 'required'],
  ],
  merchant_initiated: [['request_type', text(50), 'required']],
};

/** Every `{field}_required` and `{field}_invalid` of a session request; empty when it is well formed. */
export function requestFaults(request: Json): readonly string[] {
  const codes = faultsOf(request, TOP, '');
  const { source, completion, channel_data: channelData } = request;
  if (isRecord(source)) codes.push(...variantFaults(source, source['type'] ?? 'card', SOURCES, 'source_'));
  if (isRecord(completion)) codes.push(...variantFaults(completion, completion['type'], COMPLETIONS, 'completion_'));
  if (isRecord(channelData) && hasChannelData(channelData)) codes.push(...channelFaults(channelData, 'channel_data_'));
  const type = request['authentication_type'];
  if ((type === 'recurring' || type === 'installment') && !request['amount']) codes.push('amount_required');
  return codes;
}

/** The same for the body of collect-data, which is not wrapped. */
export function channelFaults(data: Json, prefix = ''): readonly string[] {
  return variantFaults(data, data['channel'] ?? 'browser', CHANNELS, prefix, 'channel');
}

/** App data that names nothing but its channel counts as none yet (sessions-api.md section 2.1). */
export function hasChannelData(data: unknown): data is Json {
  return isRecord(data) && !(data['channel'] === 'app' && Object.keys(data).length === 1);
}

function variantFaults(
  value: Json,
  variant: unknown,
  variants: Readonly<Record<string, readonly Rule[]>>,
  prefix: string,
  discriminator = 'type',
): readonly string[] {
  if (variant === undefined) return [`${prefix}${discriminator}_required`];
  const rules = typeof variant === 'string' && Object.hasOwn(variants, variant) ? variants[variant] : undefined;
  return rules ? faultsOf(value, rules, prefix) : [`${prefix}${discriminator}_invalid`];
}

function faultsOf(value: Json, rules: readonly Rule[], prefix: string): string[] {
  const codes: string[] = [];
  for (const [name, test, presence] of rules) {
    const member = value[name];
    if (member === undefined || member === null) {
      if (presence === 'required') codes.push(`${prefix}${name}_required`);
    } else if (!test(member)) {
      codes.push(`${prefix}${name}_invalid`);
    }
  }
  return codes;
}
