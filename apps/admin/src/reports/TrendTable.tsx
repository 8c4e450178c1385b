import { styled } from '@mui/material/styles';
import { CountLink } from '../ui/CountLink';
import { Explained } from './Explained';
import { Figure } from './Figure';
import { Grid, Wide } from './Grid';
import { RateCell } from './RateCell';
import { rowsCounted, type ReportAddress } from './report-address';
import { OUTCOMES, RATES, sumOf, type Span } from './trend-series';
import type { Catalogue } from './types';
import { utcWords } from './words';

/** Many points are gone through here, not by the whole page. */
const Tall = styled(Wide)({ maxHeight: 360, overflowY: 'auto' });

interface TrendTableProps {
  readonly spans: readonly Span[];
  readonly address: ReportAddress;
  readonly catalogue: Catalogue;
  readonly labelOf: (at: string) => string;
}

/** A trend in figures, the latest first, each with its sessions; points without any are left out. */
export function TrendTable({ spans, address, catalogue, labelOf }: TrendTableProps) {
  const rows = spans.filter(({ counts }) => (counts['sessions'] ?? 0) > 0).reverse();
  const definitions = RATES.flatMap(({ id }) => catalogue.rates.filter((one) => one.id === id));
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
            {definitions.map((definition) => (
              <th scope="col" key={definition.id}>
                <Explained title={definition.title} definition={definition} catalogue={catalogue} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, window, counts, rates }) => {
            const own = { ...address, window };
            return (
              <tr key={at}>
                <th scope="row">
                  <time dateTime={window.gte} title={utcWords(window)}>
                    {labelOf(at)}
                  </time>
                </th>
                {[['sessions'], ...OUTCOMES.map((one) => one.counts)].map((of) => (
                  <td key={of[0]}>
                    <CountLink count={sumOf(counts, of)} to={rowsCounted(own, of)} />
                  </td>
                ))}
                {definitions.map(({ id, numerator = [] }) => (
                  <td key={id}>
                    <Figure to={rates[id]?.value === undefined ? null : rowsCounted(own, numerator)}>
                      <RateCell rate={rates[id]} smallBelow={catalogue.small_below} />
                    </Figure>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </Grid>
    </Tall>
  );
}
