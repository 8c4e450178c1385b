/** How long the merchant of `m` had to wait for it; null where it has not taken it. */
export const CALLBACK_LAG_MS = 'extract(epoch FROM m.delivered_at - m.created_at) * 1000';
const lag = (share: number): string =>
  `(percentile_disc(${share}) WITHIN GROUP (ORDER BY ${CALLBACK_LAG_MS}) FILTER (WHERE m.delivered_at IS NOT NULL))::float8`;

/** Whatever was sent again later. */
const AT_FIRST =
  'EXISTS (SELECT FROM callback_delivery d WHERE d.message_id = m.id AND d.try = 1 AND d.problem IS NULL)';

/** Figures over `m` (callback_message). */
export const CALLBACK_COLUMNS = `count(*)::int AS due,
  count(*) FILTER (WHERE m.state = 'delivered' AND ${AT_FIRST})::int AS "firstTry",
  count(*) FILTER (WHERE m.state = 'delivered')::int AS delivered,
  count(*) FILTER (WHERE m.state = 'dead')::int AS dead,
  count(*) FILTER (WHERE m.state = 'due')::int AS backlog,
  min(m.next_try_at) FILTER (WHERE m.state = 'due') AS "oldestDueAt",
  ${lag(0.5)} AS "lagP50", ${lag(0.95)} AS "lagP95", ${lag(0.99)} AS "lagP99"`;
