/** A database full of sessions, by plain SQL: what matters to lists is spread as in life, and rows lie in the order in which they came. */
import pg from 'pg';

/** Sessions are of the last so many days. */
const DAYS = 30;
const BATCH = 100_000;

/** Small or large shares of the whole, by a number from 0 to 1. */
const pick = (random, shares) => {
  let below = 0;
  const cases = Object.entries(shares).map(([value, share]) => `WHEN ${random} < ${(below += share)} THEN '${value}'`);
  return `CASE ${cases.join(' ')} ELSE '${Object.keys(shares)[0]}' END`;
};

const STATUSES = {
  approved: 0.72,
  attempted: 0.06,
  declined: 0.09,
  rejected: 0.005,
  unavailable: 0.04,
  challenge_abandoned: 0.05,
  expired: 0.0347,
  // Nobody is open for longer than half an hour.
  pending: 0.0002,
  challenged: 0.0001,
};
const OPEN = STATUSES.pending + STATUSES.challenged;
const LETTERS = `CASE status WHEN 'approved' THEN 'Y' WHEN 'attempted' THEN 'A' WHEN 'declined' THEN 'N' WHEN 'rejected' THEN 'R'
  WHEN 'unavailable' THEN 'U' WHEN 'challenge_abandoned' THEN 'N' WHEN 'challenged' THEN 'C' END`;
const SHIFTS = `CASE WHEN status IN ('approved', 'attempted') THEN CASE WHEN luck < 0.02 THEN 'unknown' ELSE 'yes' END
  WHEN status NOT IN ('pending', 'challenged') THEN 'no' END`;
/** Issuers have a reason for each no; one of thousands is rare. */
const REASONS = `CASE WHEN status IN ('declined', 'rejected', 'unavailable') THEN
  CASE WHEN luck < 0.001 THEN '30' ELSE lpad((1 + floor(luck * 22))::text, 2, '0') END END`;
const ASKED = `status NOT IN ('pending', 'expired')`;
/** On a hosted page some never say which card it is. */
const HAS_CARD = 'chance >= 0.0003';
const ECI = `CASE WHEN chance < 0.0005 THEN '00' WHEN status = 'approved' THEN '05' WHEN status = 'attempted' THEN '06' ELSE '07' END`;
/** One of thousands is rare: nobody asks for most of what can be asked for. */
const RARE = 'chance BETWEEN 0.5 AND 0.5005';
/** Browsers call themselves by a long name. */
const AGENT = `CASE WHEN ${RARE} THEN 'Mozilla/5.0 (Android 15; Tablet; rv:141.0) Gecko/141.0 Firefox/141.0'
  WHEN chance < 0.6 THEN 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36'
  ELSE 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15' END`;

const DETAILS = JSON.stringify({
  echo: {},
  source: { kind: 'card', stored: false, name: 'Ada Lovelace' },
  purchase: {
    authenticationType: 'regular',
    authenticationCategory: 'payment',
    challengeIndicator: 'no_preference',
    transactionType: 'goods_service',
    billingDescriptorName: 'A shop in the middle of the town',
  },
});

/** One batch into a temporary table, from which every table takes its own. */
const DRAW = `CREATE TEMP TABLE drawn ON COMMIT DROP AS
  SELECT *, (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(noise, 1, 3) || '8' || substr(noise, 4, 15))::uuid AS id
  FROM (
    SELECT n, now() - interval '1 minute' - r.age * CASE WHEN r.status >= 1 - ${OPEN} THEN interval '29 minutes' ELSE interval '${DAYS} days' END AS at, md5(n::text) AS noise,
      ($1::uuid[])[1 + floor(cardinality($1::uuid[]) * power(random(), 2))::int] AS merchant_id,
      ${pick('r.status', STATUSES)} AS status,
      ${pick('r.scheme', { visa: 0.52, mastercard: 0.33, amex: 0.07, cartes_bancaires: 0.05, jcb: 0.02, discover: 0.01 })} AS scheme,
      ${pick('r.connector', { emv3ds: 0.9, checkout: 0.1 })} AS connector,
      ${pick('r.currency', { EUR: 0.6, USD: 0.25, GBP: 0.149, JPY: 0.001 })} AS currency,
      lpad((40000000 + floor(2000 * power(random(), 2)) * 7919)::bigint::text, 8, '0') AS bin,
      lpad(floor(random() * 10000)::text, 4, '0') AS last_four,
      'ACS_LOA_' || floor(200 * power(random(), 3)) AS acs,
      r.luck, r.chance
    FROM generate_series($2::int, $3::int) n,
      LATERAL (SELECT 1 - n / $4::float8 AS age, random() AS status, random() AS scheme, random() AS connector, random() AS currency, random() AS luck, random() AS chance) r
  ) one`;

const INSERTS = [
  `INSERT INTO session (id, merchant_id, channel_id, access_key_id, environment, status, version, created_at, updated_at, deadline_at,
     final_at, completed_at, completed_by, flow, device_channel, amount_minor, currency, reference, details, callback_url,
     secret_hash, secret_sealed, scheme, bin, last_four, card_fingerprint, card_fingerprint_key_version, card_retention_minutes,
     trans_status, challenged, attempt_number, event_seq, exchange_seq, acs_reference, trans_status_reason,
     liability_shift, browser)
   SELECT id, merchant_id, merchant_id, merchant_id, 'test', status, 3, at, at + interval '2 seconds',
     CASE WHEN status IN ('pending', 'challenged') THEN now() + interval '20 minutes' END,
     CASE WHEN status NOT IN ('pending', 'challenged') THEN at + interval '2 seconds' END, NULL, NULL, 'non_hosted', 'browser',
     (500 + n % 40000), currency, 'ORD-' || n,
     CASE WHEN ${RARE} THEN jsonb_set($1::jsonb, '{purchase,challengeIndicator}', '"low_value"') ELSE $1::jsonb END, 'https://shop.example/callbacks', decode(noise || noise, 'hex'),
     decode(noise || noise || noise, 'hex'), CASE WHEN ${HAS_CARD} THEN scheme END, CASE WHEN ${HAS_CARD} THEN bin END,
     CASE WHEN ${HAS_CARD} THEN last_four END, substr(noise, 1, 26), 1, 60, ${LETTERS}, luck < 0.3, 1, 3, 2,
     CASE WHEN ${ASKED} THEN acs END, ${REASONS}, ${SHIFTS}, jsonb_build_object('userAgent', ${AGENT})
   FROM drawn`,
  `INSERT INTO attempt (session_id, number, merchant_id, connector, scheme, protocol_version, transaction_id, directory_server_id,
     progress, state, facts, created_at)
   SELECT id, 1, merchant_id, connector, scheme, '2.2.0', noise::uuid, 'A000000003', 'settled', '{"dsUrl": "https://ds.example/"}',
     CASE WHEN ${ASKED} THEN jsonb_build_object('eci', ${ECI}, 'transStatus', ${LETTERS}, 'transStatusReason', ${REASONS}, 'dsTransactionId', noise, 'resultSource', 'ARes',
       'acs', jsonb_build_object('referenceNumber', acs, 'transactionId', noise, 'operatorId', CASE WHEN ${RARE} THEN 'ACS-RARE' ELSE 'ACS-OP' END, 'url', 'https://acs.example/'))
         || CASE WHEN ${RARE} THEN '{"error": {"component": "D"}}' ELSE '{}' END::jsonb
       ELSE '{}' END, at
   FROM drawn`,
  `INSERT INTO session_event (session_id, seq, merchant_id, at, type, from_status, to_status, actor, attempt_number, data, leg)
   SELECT id, seq, merchant_id, at + seq * luck * interval '1 second', (ARRAY['created', 'request_sent', 'authenticated'])[seq + 1],
     (ARRAY[NULL, 'pending', 'processing'])[seq + 1], (ARRAY['pending', 'processing', status])[seq + 1],
     CASE WHEN seq < 2 THEN 'merchant' WHEN status IN ('expired', 'challenge_abandoned') THEN 'system' ELSE 'issuer' END, 1, '{}',
     (ARRAY['created', 'request', 'answer'])[seq + 1]
   FROM drawn, generate_series(0, 2) seq`,
  `INSERT INTO exchange (session_id, seq, merchant_id, attempt_number, direction, message_type, at, latency_ms, body)
   SELECT id, seq, merchant_id, 1, (ARRAY['sent', 'received'])[seq + 1], (ARRAY['AReq', 'ARes'])[seq + 1], at, 120.5,
     jsonb_build_object('messageVersion', '2.2.0', 'threeDSServerTransID', noise, 'purchaseAmount', '6540', 'acctNumber', bin || '****' || last_four)
   FROM drawn, generate_series(0, 1) seq`,
  `INSERT INTO correlation (connector, key, session_id, attempt_number, expires_at)
   SELECT connector, noise::uuid, id, 1, at + interval '30 days' FROM drawn WHERE ${ASKED} AND connector = 'emv3ds'`,
  `INSERT INTO callback_message (id, merchant_id, environment, channel_id, session_id, kind, url, payload, state, tries, step, next_try_at,
     last_status, last_problem, created_at, delivered_at, subject_told_at)
   SELECT gen_random_uuid(), merchant_id, 'test', merchant_id, id, 'session_completed', 'https://shop.example/callbacks',
     jsonb_build_object('status', status), CASE WHEN luck < 0.005 THEN 'dead' ELSE 'delivered' END, 1, 1, NULL, 200,
     CASE WHEN luck < 0.005 THEN 'timeout' END, at, CASE WHEN luck < 0.005 THEN NULL ELSE at END, at
   FROM drawn WHERE status NOT IN ('pending', 'challenged')`,
];

/**
 * Of the 2,000 BINs that are drawn, the first are common and the last are rare: a hundred issuers of twenty each, in a country that
 * has many of them, one that has ten rare ones, and others. Of the last five nothing is known, and of the five before not the kind.
 */
const ISSUERS = `INSERT INTO card_bin (environment, bin, issuer, issuer_country, card_type)
  SELECT 'test', (40000000 + n * 7919)::text, 'Issuer ' || n / 20,
    CASE WHEN n >= 1990 THEN 'IS' WHEN n % 3 = 0 THEN 'GB' WHEN n % 3 = 1 THEN 'FR' ELSE 'DE' END,
    CASE WHEN n >= 1990 THEN NULL WHEN n >= 1980 THEN 'charge' WHEN n % 2 = 0 THEN 'debit' ELSE 'credit' END
  FROM generate_series(0, 1994) n ON CONFLICT (environment, bin) DO NOTHING`;

/** Fills `count` sessions of `merchants` (UUIDs). */
export async function fillSessions(url, merchants, count, log) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SELECT setseed(0.42)');
    for (let first = 1; first <= count; first += BATCH) {
      const last = Math.min(count, first + BATCH - 1);
      await client.query('BEGIN');
      await client.query(
        DRAW.replaceAll('$2', String(first))
          .replaceAll('$3', String(last))
          .replaceAll('$4', String(count))
          .replaceAll('$1', `'{${merchants.join(',')}}'`),
      );
      for (const insert of INSERTS) await client.query(insert.replaceAll('$1', `'${DETAILS}'`));
      await client.query('COMMIT');
      log(`${last} sessions`);
    }
    await client.query(ISSUERS);
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}
