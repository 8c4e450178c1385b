import { useTheme } from '@mui/material/styles';
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
} from 'recharts';
import { OUTCOMES, RATES, sumOf } from './trend-series';
import type { Trend } from './types';
import { count, percent } from './words';

/** What a trend can draw. */
export type Drawable = 'outcomes' | 'rates';

interface ChartProps {
  readonly points: Trend['points'];
  readonly shown: Drawable;
  readonly labelOf: (at: string) => string;
}

/** A trend, drawn. In a chunk of its own: charts are heavy, and most screens have none. */
export default function TrendChart({ points, shown, labelOf }: ChartProps) {
  const { tokens } = useTheme();
  const isRates = shown === 'rates';
  const series = isRates ? RATES : OUTCOMES;
  const data = points.map(({ at, counts, rates }) => ({
    label: labelOf(at),
    ...Object.fromEntries(
      isRates
        ? RATES.map(({ id }) => [id, rates[id]?.value ?? null])
        : OUTCOMES.map(({ id, counts: of }) => [id, sumOf(counts, of)]),
    ),
  }));
  const Chart = isRates ? LineChart : BarChart;
  const axis = { stroke: tokens.lineStrong, tick: { fill: tokens.soft, fontSize: 11.5 }, tickLine: false };
  const words = (value: unknown): string => (isRates ? percent(Number(value)) : count(Number(value)));
  return (
    <ResponsiveContainer width="100%" height={260}>
      <Chart data={data} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={tokens.line} />
        <XAxis dataKey="label" {...axis} minTickGap={28} />
        <YAxis
          {...axis}
          axisLine={false}
          width={48}
          {...(isRates ? { domain: [0, 1], tickFormatter: (value: number) => `${Math.round(value * 100)} %` } : {})}
        />
        <Tooltip
          formatter={words}
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
        {series.map(({ id, title, tone }) =>
          isRates ? (
            <Line
              key={id}
              dataKey={id}
              name={title}
              stroke={tokens.tones[tone].mark}
              strokeWidth={2}
              dot={points.length < 3}
              isAnimationActive={false}
            />
          ) : (
            <Bar
              key={id}
              dataKey={id}
              name={title}
              stackId="all"
              fill={tokens.tones[tone].mark}
              isAnimationActive={false}
            />
          ),
        )}
      </Chart>
    </ResponsiveContainer>
  );
}
