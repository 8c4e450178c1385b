import type { SessionDimension } from '@app/platform';

/** What sessions can be split by. `filter` is the name of the same thing in the list of sessions. */
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
  acs_operator: { title: 'ACS operator', filter: 'acs_operator' },
  status: { title: 'Status', filter: 'status' },
  trans_status: { title: 'transStatus', filter: 'trans_status' },
  reason: { title: 'transStatusReason', filter: 'trans_status_reason' },
  eci: { title: 'ECI', filter: 'eci' },
  verdict: { title: 'Verdict', filter: 'liability_shift' },
  currency: { title: 'Currency', filter: 'currency' },
  amount_band: { title: 'Amount band', filter: 'amount_band' },
  flow: { title: 'Flow', filter: 'flow' },
  device_channel: { title: 'Channel of the device', filter: 'device_channel' },
  category: { title: 'Category', filter: 'authentication_category' },
  authentication_type: { title: 'Authentication type', filter: 'authentication_type' },
  protocol_version: { title: 'Protocol version', filter: 'protocol_version' },
  challenge_indicator: { title: 'Challenge indicator', filter: 'challenge_indicator' },
  exemption_requested: { title: 'Exemption requested', filter: 'exemption_requested' },
  exemption_applied: { title: 'Exemption applied', filter: 'exemption_applied' },
  failed_component: { title: 'Component that failed', filter: 'failed_component' },
  device_class: { title: 'Device class', filter: 'device_class' },
  browser_family: { title: 'Browser', filter: 'browser_family' },
} as const satisfies Record<string, { title: string; filter: SessionDimension }>;

export type DimensionId = keyof typeof DIMENSIONS;

export const DIMENSION_IDS = Object.keys(DIMENSIONS) as DimensionId[];
