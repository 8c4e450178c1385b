import { styled } from '@mui/material/styles';
import { CountLink } from '../ui/CountLink';
import { Grid, Wide } from './Grid';
import { rowsCounted, type ReportAddress } from './report-address';
import { OUTCOMES, sumOf } from './trend-series';
import type { Trend } from './types';

/** Many points are gone through here, not by the whole page. */
const Tall = styled(Wide)({ maxHeight: 360, overflowY: 'auto' });

interface TrendTableProps {
  readonly trend: Trend;
  readonly address: ReportAddress;
  readonly labelOf: (at: string) => string;
}

/** A trend in figures, the latest first, each with its sessions; points without any are left out. */
export function TrendTable({ trend, address, labelOf }: TrendTableProps) {
  const rows = spansOf(trend)
    .filter(({ counts }) => (counts['sessions'] ?? 0) > 0)
    .reverse();
  return (
    <Tall tabIndex={0} role="region" aria-label="Trend in figures">
      <Grid>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Sessions</th>
            {OUTCOMES.map(({ id, title }) => (
              <th scope="col" key={id}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, window, counts }) => (
            <tr key={at}>
              <th scope="row">{labelOf(at)}</th>
              {[['sessions'], ...OUTCOMES.map((one) => one.counts)].map((of) => (
                <td key={of[0]}>
                  <CountLink count={sumOf(counts, of)} to={rowsCounted({ ...address, window }, of)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Grid>
    </Tall>
  );
}

/** The points with when each begins and ends: the first and the last one only as far as the report goes. */
function spansOf({ from, to, points }: Trend) {
  return points.map((point, index) => ({
    ...point,
    window: { gte: index === 0 ? from : point.at, lt: points[index + 1]?.at ?? to },
  }));
}
