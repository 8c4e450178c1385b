import { shapes, type AdminDescription, type QueryParameter } from '@app/platform';
import { DIMENSION_IDS } from '../domain/dimensions';
import { BASES, REPORT_FILTERS, TRAFFICS, TREND_UNITS } from '../domain/report-listing';

const { count, flag, integer, listOf, mapOf, number, object, oneOf, orNull, ref, text, time, told, whole } = shapes;

const QUERY: Readonly<Record<string, QueryParameter>> = {
  from: { description: 'Sessions created since; by default thirty days before `to`, at most 92', schema: time },
  to: { description: 'Sessions created before; by default now', schema: time },
  traffic: {
    description: 'Of live merchants, of tests, or what was made up for a demo; never mixed',
    schema: { ...oneOf(TRAFFICS), default: 'live' },
  },
  basis: {
    description: 'Every session, or the last one per merchant, reference and card within 30 minutes',
    schema: { ...oneOf(BASES), default: 'raw' },
  },
  filter: {
    description: `A JSON object as lists take it, of ${Object.keys(REPORT_FILTERS).join(', ')}`,
    schema: text,
  },
};

const COUNTED =
  'Counted when it is asked. 503 `reports_busy` when other reports leave no turn, `report_too_large` when it takes longer than 20 s';

const ABOUT = { from: time, to: time, traffic: oneOf(TRAFFICS), basis: oneOf(BASES) };
const SLICE = { counts: mapOf(integer), rates: mapOf(ref('ReportRate')) };
const MS = orNull(number);

export const DESCRIPTION: AdminDescription = {
  tag: 'Reports',
  schemas: {
    ReportRate: whole(
      {
        numerator: integer,
        denominator: integer,
        small: told('So few are in the denominator that the rate says little', flag),
      },
      { value: told('Absent where nothing is in the denominator', number) },
    ),
    ReportSlice: whole(SLICE),
    ReportsAbout: whole({ has_demo: flag }),
    ReportCatalogue: whole({
      time_basis: text,
      percentiles: told('How exact they are', text),
      small_below: count,
      counts: listOf(object),
      rates: listOf(object),
      durations: listOf(object),
      callbacks: listOf(object),
      dimensions: listOf(object),
      identities: listOf(object),
    }),
    ReportSummary: whole({
      ...ABOUT,
      ...SLICE,
      identities: listOf(whole({ id: text, title: text, holds: flag, excess: integer })),
      money: told(
        'In minor units; sums never cross currencies',
        listOf(whole({ currency: text, sessions: count, amount: number, approved_amount: number })),
      ),
    }),
    ReportTrend: whole({
      ...ABOUT,
      unit: oneOf(TREND_UNITS),
      zone: text,
      points: listOf(whole({ at: time, ...SLICE })),
    }),
    ReportSplit: whole({
      ...ABOUT,
      by: oneOf(DIMENSION_IDS),
      rows: listOf(whole({ value: orNull(text), ...SLICE })),
      others: ref('ReportSlice'),
      total: ref('ReportSlice'),
    }),
    ReportDurations: whole({
      ...ABOUT,
      legs: listOf(whole({ id: text, count, small: flag, p50_ms: MS, p95_ms: MS, p99_ms: MS, max_ms: MS })),
    }),
    ReportCallbacks: whole({
      ...ABOUT,
      due: count,
      first_try_rate: ref('ReportRate'),
      delivered_rate: ref('ReportRate'),
      dead: count,
      backlog: count,
      oldest_due_at: orNull(time),
      lag: whole({ p50_ms: MS, p95_ms: MS, p99_ms: MS }),
      unresolved_past_deadline: count,
    }),
  },
  routes: {
    'GET reports': { id: 'getReportsAbout', summary: 'What there is to report on', answer: 'ReportsAbout' },
    'GET reports/catalogue': {
      id: 'getReportCatalogue',
      summary: 'Every figure with its definition',
      answer: 'ReportCatalogue',
    },
    'GET reports/summary': {
      id: 'getReportSummary',
      summary: 'All figures of a window',
      description: COUNTED,
      query: QUERY,
      answer: 'ReportSummary',
    },
    'GET reports/trend': {
      id: 'getReportTrend',
      summary: 'All figures, by hour, day or week',
      description: COUNTED,
      query: {
        ...QUERY,
        unit: { description: 'At most 800 of them', schema: { ...oneOf(TREND_UNITS), default: 'day' } },
        zone: {
          description: 'Whose days and weeks: `UTC`, or `Area/City` of the IANA database',
          schema: { ...text, default: 'UTC' },
        },
      },
      answer: 'ReportTrend',
    },
    'GET reports/split': {
      id: 'getReportSplit',
      summary: 'All figures for each value of a dimension, at most 100',
      description: COUNTED,
      query: { ...QUERY, by: { description: 'The dimension', schema: oneOf(DIMENSION_IDS), required: true } },
      answer: 'ReportSplit',
    },
    'GET reports/durations': {
      id: 'getReportDurations',
      summary: 'How long each leg of an authentication took',
      description: COUNTED,
      query: QUERY,
      answer: 'ReportDurations',
    },
    'GET reports/callbacks': {
      id: 'getReportCallbacks',
      summary: 'How merchants were told of the sessions',
      description: COUNTED,
      query: QUERY,
      answer: 'ReportCallbacks',
    },
  },
};
