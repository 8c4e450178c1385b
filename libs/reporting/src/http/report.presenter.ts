import { encodeId } from '@app/kernel';
import type { DimensionId } from '../domain/dimensions';
import type { CallbackFigures, MoneyFigures } from '../domain/figures';
import { excessOf, IDENTITIES } from '../domain/identities';
import type { LegFigures } from '../domain/legs';
import { ratesOf, SMALL, type Rate } from '../domain/rates';
import type { ReportQuery } from '../domain/report-listing';
import type { Counts } from '../domain/reported-session';

type Json = Record<string, unknown>;

/** What a report is about, as it was understood. */
export const presentQuery = ({ from, to, traffic, basis }: ReportQuery): Json => ({
  from: from.toISOString(),
  to: to.toISOString(),
  traffic,
  basis,
});

const presentRate = ({ value, numerator, denominator, isSmall }: Rate): Json => ({
  ...(value === null ? {} : { value }),
  numerator,
  denominator,
  small: isSmall,
});

/** Counts and rates of one slice. A rate without anything in its denominator has no `value`. */
export const presentSlice = (counts: Counts): Json => ({
  counts,
  rates: Object.fromEntries(Object.entries(ratesOf(counts)).map(([id, rate]) => [id, presentRate(rate)])),
});

/** Whether the sums come out. */
export const presentIdentities = (counts: Counts): Json[] =>
  IDENTITIES.map((identity) => {
    const excess = excessOf(identity, counts);
    return { id: identity.id, title: identity.title, holds: excess === 0, excess };
  });

export const presentMoney = (money: MoneyFigures): Json => ({
  currency: money.currency,
  sessions: money.sessions,
  amount: money.amountMinor,
  approved_amount: money.approvedMinor,
});

export const presentLeg = (id: string, { count, p50, p95, p99, max }: LegFigures): Json => ({
  id,
  count,
  small: count < SMALL,
  p50_ms: p50,
  p95_ms: p95,
  p99_ms: p99,
  max_ms: max,
});

const WIRE_IDS: Partial<Record<DimensionId, 'merchant' | 'channel'>> = { merchant: 'merchant', channel: 'channel' };

/** A dimension's value as the rest of the API says it. */
export function presentValue(by: DimensionId, value: string | null): string | null {
  const kind = WIRE_IDS[by];
  return kind === undefined || value === null ? value : encodeId(kind, value);
}

const share = (numerator: number, denominator: number): Json =>
  presentRate({
    value: denominator === 0 ? null : numerator / denominator,
    numerator,
    denominator,
    isSmall: denominator < SMALL,
  });

export const presentCallbacks = (figures: CallbackFigures): Json => ({
  due: figures.due,
  first_try_rate: share(figures.firstTry, figures.due),
  delivered_rate: share(figures.delivered, figures.due),
  dead: figures.dead,
  backlog: figures.backlog,
  oldest_due_at: figures.oldestDueAt?.toISOString() ?? null,
  lag: { p50_ms: figures.lagP50, p95_ms: figures.lagP95, p99_ms: figures.lagP99 },
  unresolved_past_deadline: figures.unresolvedPastDeadline,
});
