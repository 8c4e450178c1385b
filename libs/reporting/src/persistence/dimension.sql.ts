/** Where the values of each dimension are: text, over `s` (session), `a` (its present attempt) and `b` (what is known of its BIN); null where not known. */
import { ISSUER_SQL } from '@app/platform';
import type { DimensionId } from '../domain/dimensions';
import { EXEMPTION_INDICATORS } from '../domain/reported-session';

const purchase = (name: string): string => `s.details #>> '{purchase,${name}}'`;
const INDICATOR = purchase('challengeIndicator');
const AGENT = `s.browser ->> 'userAgent'`;

/** In minor units, and never across currencies. */
const BANDS: readonly (readonly [below: number, name: string])[] = [
  [1_000, '0-999'],
  [5_000, '1000-4999'],
  [20_000, '5000-19999'],
  [100_000, '20000-99999'],
];
const AMOUNT_BAND = `s.currency || ' ' || CASE ${BANDS.map(([below, name]) => `WHEN s.amount_minor < ${below} THEN '${name}'`).join(' ')}
  ELSE '100000-' END`;

export const DIMENSION_SQL: Readonly<Record<DimensionId, string>> = {
  merchant: 's.merchant_id::text',
  channel: 's.channel_id::text',
  connector: 'a.connector',
  scheme: 's.scheme',
  bin: 's.bin',
  ...ISSUER_SQL,
  acs: 's.acs_reference',
  acs_operator: `a.facts #>> '{acs,operatorId}'`,
  status: 's.status',
  trans_status: 's.trans_status',
  reason: `a.facts ->> 'transStatusReason'`,
  eci: `a.facts ->> 'eci'`,
  verdict: 's.liability_shift',
  currency: 's.currency',
  amount_band: AMOUNT_BAND,
  flow: 's.flow',
  device_channel: 's.device_channel',
  category: purchase('authenticationCategory'),
  authentication_type: purchase('authenticationType'),
  protocol_version: 'a.protocol_version',
  challenge_indicator: INDICATOR,
  exemption_requested: `CASE WHEN ${INDICATOR} IN (${EXEMPTION_INDICATORS.map((one) => `'${one}'`).join(', ')}) THEN ${INDICATOR} END`,
  exemption_applied: `a.facts #>> '{upstream,members,exemption,applied}'`,
  failed_component: `a.facts #>> '{error,component}'`,
  device_class: `CASE WHEN ${AGENT} ~* 'ipad|tablet' THEN 'tablet' WHEN ${AGENT} ~* 'mobi|iphone|android' THEN 'mobile'
    WHEN ${AGENT} <> '' THEN 'desktop' END`,
  // Others say that they are Chrome, and all of them that they are Safari.
  browser_family: `CASE WHEN ${AGENT} ~ 'Edg' THEN 'Edge' WHEN ${AGENT} ~ 'OPR/' THEN 'Opera'
    WHEN ${AGENT} ~ 'Firefox|FxiOS' THEN 'Firefox' WHEN ${AGENT} ~ 'Chrome|CriOS' THEN 'Chrome'
    WHEN ${AGENT} ~ 'Safari' THEN 'Safari' WHEN ${AGENT} <> '' THEN 'other' END`,
};
