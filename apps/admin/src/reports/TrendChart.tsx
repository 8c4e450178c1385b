import { styled, useTheme } from '@mui/material/styles';
import { useNavigate } from 'react-router-dom';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type ActiveDotProps,
} from 'recharts';
import { dateAndTime, zoneName } from '../format/time';
import { rowsCounted, type ReportAddress } from './report-address';
import { OUTCOMES, RATES, sumOf, type Span } from './trend-series';
import type { Catalogue } from './types';
import { count, percent } from './words';

/** What a trend can draw. */
export type Drawable = 'outcomes' | 'rates';

const Utc = styled('span')(({ theme }) => ({
  display: 'block',
  fontSize: 11.5,
  fontWeight: 400,
  color: theme.tokens.soft,
}));

interface ChartProps {
  readonly spans: readonly Span[];
  readonly shown: Drawable;
  readonly address: ReportAddress;
  readonly catalogue: Catalogue;
  /** Whose hours and days the points are. */
  readonly zone: string;
  readonly labelOf: (at: string) => string;
}

/**
 * A trend, drawn; a click on a part of it leads to its sessions. The same as a table is there for whoever has keys only. In a
 * chunk of its own: charts are heavy, and most screens have none.
 */
export default function TrendChart({ spans, shown, address, catalogue, zone, labelOf }: ChartProps) {
  const { tokens } = useTheme();
  const navigate = useNavigate();
  const isRates = shown === 'rates';
  const series = isRates
    ? RATES.map((one) => ({ ...one, counts: catalogue.rates.find(({ id }) => id === one.id)?.numerator ?? [] }))
    : OUTCOMES;
  const data = spans.map(({ at, counts, rates }) => ({
    at,
    ...Object.fromEntries(
      isRates
        ? RATES.map(({ id }) => [id, rates[id]?.value ?? null])
        : OUTCOMES.map(({ id, counts: of }) => [id, sumOf(counts, of)]),
    ),
  }));
  const open = (at: unknown, counts: readonly string[]): void => {
    const span = spans.find((one) => one.at === at);
    if (span) void navigate(rowsCounted({ ...address, window: span.window }, counts));
  };
  const Chart = isRates ? LineChart : BarChart;
  const axis = { stroke: tokens.lineStrong, tick: { fill: tokens.soft, fontSize: 11.5 }, tickLine: false };
  const words = (value: unknown): string => (isRates ? percent(Number(value)) : count(Number(value)));
  return (
    <ResponsiveContainer width="100%" height={260}>
      <Chart data={data} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={tokens.line} />
        <XAxis dataKey="at" tickFormatter={labelOf} {...axis} minTickGap={28} />
        <YAxis
          {...axis}
          axisLine={false}
          width={48}
          {...(isRates ? { domain: [0, 1], tickFormatter: (value: number) => `${Math.round(value * 100)} %` } : {})}
        />
        <Tooltip
          formatter={words}
          labelFormatter={(at) =>
            typeof at === 'string' && (
              <>
                {`${labelOf(at)} · ${zoneName(zone, new Date(at))}`}
                <Utc>{`${dateAndTime(at, 'UTC')} UTC`}</Utc>
              </>
            )
          }
          cursor={{ fill: tokens.hover, stroke: tokens.line }}
          isAnimationActive={false}
          contentStyle={{
            background: tokens.raised,
            border: `1px solid ${tokens.lineStrong}`,
            borderRadius: 8,
            fontSize: 12.5,
          }}
          labelStyle={{ color: tokens.ink, fontWeight: 560 }}
          itemStyle={{ color: tokens.ink, padding: 0 }}
        />
        <Legend
          iconSize={9}
          iconType="circle"
          wrapperStyle={{ fontSize: 12.5 }}
          formatter={(name) => <span style={{ color: tokens.soft }}>{name}</span>}
        />
        {series.map(({ id, title, tone, counts }) =>
          isRates ? (
            <Line
              key={id}
              dataKey={id}
              name={title}
              stroke={tokens.tones[tone].mark}
              strokeWidth={2}
              dot={spans.length < 3}
              activeDot={({ cx, cy, fill, payload }: ActiveDotProps) => (
                <circle
                  cx={cx}
                  cy={cy}
                  r={6}
                  fill={fill}
                  stroke={tokens.surface}
                  strokeWidth={2}
                  cursor="pointer"
                  onClick={() => open((payload as { readonly at: string }).at, counts)}
                />
              )}
              isAnimationActive={false}
            />
          ) : (
            <Bar
              key={id}
              dataKey={id}
              name={title}
              stackId="all"
              fill={tokens.tones[tone].mark}
              cursor="pointer"
              onClick={({ payload }) => open((payload as { readonly at: string }).at, counts)}
              isAnimationActive={false}
            />
          ),
        )}
      </Chart>
    </ResponsiveContainer>
  );
}
