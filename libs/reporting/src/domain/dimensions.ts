/** What sessions can be split by. `filter` is the name of the same thing in the list of sessions, where there is one. */
export const DIMENSIONS = {
  merchant: { title: 'Merchant', filter: 'merchant_id' },
  channel: { title: 'Processing channel', filter: 'channel_id' },
  connector: { title: 'Connector', filter: 'connector' },
  scheme: { title: 'Scheme', filter: 'scheme' },
  bin: { title: 'BIN', filter: 'bin' },
  issuer: { title: 'Issuer', filter: 'issuer' },
  issuer_country: { title: 'Country of the issuer', filter: 'issuer_country' },
  card_type: { title: 'Kind of card', filter: 'card_type' },
  acs: { title: 'ACS', filter: 'acs' },
  acs_operator: { title: 'ACS operator', filter: null },
  status: { title: 'Status', filter: 'status' },
  trans_status: { title: 'transStatus', filter: 'trans_status' },
  reason: { title: 'transStatusReason', filter: 'trans_status_reason' },
  eci: { title: 'ECI', filter: null },
  verdict: { title: 'Verdict', filter: 'liability_shift' },
  currency: { title: 'Currency', filter: 'currency' },
  amount_band: { title: 'Amount band', filter: null },
  flow: { title: 'Flow', filter: 'flow' },
  device_channel: { title: 'Channel of the device', filter: 'device_channel' },
  category: { title: 'Category', filter: 'authentication_category' },
  authentication_type: { title: 'Authentication type', filter: null },
  protocol_version: { title: 'Protocol version', filter: 'protocol_version' },
  challenge_indicator: { title: 'Challenge indicator', filter: null },
  exemption_requested: { title: 'Exemption requested', filter: null },
  exemption_applied: { title: 'Exemption applied', filter: null },
  failed_component: { title: 'Component that failed', filter: null },
  device_class: { title: 'Device class', filter: null },
  browser_family: { title: 'Browser', filter: null },
} as const satisfies Record<string, { title: string; filter: string | null }>;

export type DimensionId = keyof typeof DIMENSIONS;

export const DIMENSION_IDS = Object.keys(DIMENSIONS) as DimensionId[];
