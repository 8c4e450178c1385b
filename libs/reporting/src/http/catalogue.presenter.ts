import { COUNT_WORDS } from '../domain/count-words';
import { DIMENSIONS } from '../domain/dimensions';
import { CALLBACK_WORDS } from '../domain/figures';
import { RELATIVE_ERROR } from '../domain/histogram';
import { IDENTITIES } from '../domain/identities';
import { LEGS } from '../domain/legs';
import { RATES, SMALL, type RateDefinition } from '../domain/rates';

type Json = Record<string, unknown>;

const withIds = (entries: Readonly<Record<string, object>>): Json[] =>
  Object.entries(entries).map(([id, entry]) => ({ id, ...entry }));

/** Every figure with its definition: what the console shows beside each. */
export const CATALOGUE: Json = {
  time_basis: 'A session belongs to the hour of its creation; what comes late changes that hour.',
  percentiles: `Percentiles are read from histograms: they are right to ${(RELATIVE_ERROR * 100).toFixed(1)} %, or to half a millisecond where that is more. The number and the longest are exact.`,
  small_below: SMALL,
  counts: withIds(COUNT_WORDS),
  rates: withIds(RATES satisfies Record<string, RateDefinition>),
  durations: withIds(LEGS),
  callbacks: withIds(CALLBACK_WORDS),
  dimensions: withIds(DIMENSIONS),
  identities: IDENTITIES,
};
