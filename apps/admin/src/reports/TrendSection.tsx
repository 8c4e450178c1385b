import { styled } from '@mui/material/styles';
import { lazy, Suspense, useState } from 'react';
import { Loading } from '../ui/states';
import { Choice } from './Choice';
import { Figures } from './Figures';
import type { ReportAddress } from './report-address';
import type { Drawable } from './TrendChart';
import { TrendTable } from './TrendTable';
import { spansOf } from './trend-series';
import type { Catalogue, Trend, Unit } from './types';
import { useReport } from './use-report';

const TrendChart = lazy(() => import('./TrendChart'));

/** A chart is drawn anew a moment after its place became narrower. */
const Drawn = styled('div')({ overflow: 'hidden' });

const UNITS = [
  { value: 'hour', label: 'Hours' },
  { value: 'day', label: 'Days' },
  { value: 'week', label: 'Weeks' },
] as const;

const SHOWN = [
  { value: 'outcomes', label: 'Outcomes' },
  { value: 'rates', label: 'Rates' },
  { value: 'table', label: 'Table' },
] as const;

interface TrendSectionProps {
  readonly question: Readonly<Record<string, string>>;
  readonly address: ReportAddress;
  readonly catalogue: Catalogue;
  readonly zone: string;
  readonly onUnit: (unit: Unit) => void;
}

/** How it went over time, in the hours and days of who looks. */
export function TrendSection({ question, address, catalogue, zone, onUnit }: TrendSectionProps) {
  const [shown, setShown] = useState<Drawable | 'table'>('outcomes');
  const { unit } = address;
  const query = useReport<Trend>('trend', { ...question, unit, zone });
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    ...(unit === 'hour' ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
  });
  const labelOf = (at: string): string => format.format(new Date(at));
  return (
    <Figures
      title="Trend"
      query={query}
      isFlush={shown === 'table'}
      actions={
        <>
          <Choice label="How the trend is shown" value={shown} choices={SHOWN} onChange={setShown} />
          <Choice label="Points of the chart" value={unit} choices={UNITS} onChange={onUnit} />
        </>
      }
    >
      {(trend) =>
        shown === 'table' ? (
          <TrendTable spans={spansOf(trend)} address={address} catalogue={catalogue} labelOf={labelOf} />
        ) : (
          <Drawn
            role="img"
            aria-label={`${shown === 'rates' ? 'Rates' : 'Outcomes of sessions'} by ${unit}, in ${zone}`}
          >
            <Suspense fallback={<Loading />}>
              <TrendChart
                spans={spansOf(trend)}
                shown={shown}
                address={address}
                catalogue={catalogue}
                zone={zone}
                labelOf={labelOf}
              />
            </Suspense>
          </Drawn>
        )
      }
    </Figures>
  );
}
