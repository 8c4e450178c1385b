import { Link } from 'react-router-dom';
import { duration } from '../format/time';
import { CountLink } from '../ui/CountLink';
import { Explained } from './Explained';
import { Figures } from './Figures';
import { Few, Grid, Wide } from './Grid';
import { Linked } from '../ui/Linked';
import { rowsBehind, type ReportAddress } from './report-address';
import type { Catalogue, Leg } from './types';
import { useReport } from './use-report';

const PERCENTILES = ['p50_ms', 'p95_ms', 'p99_ms', 'max_ms'] as const;
const TITLES = { p50_ms: 'p50', p95_ms: 'p95', p99_ms: 'p99', max_ms: 'Longest' } as const;

interface LegsSectionProps {
  readonly question: Readonly<Record<string, string>>;
  readonly catalogue: Catalogue;
  readonly address: ReportAddress;
}

/** How long each part of an authentication takes. */
export function LegsSection({ question, catalogue, address }: LegsSectionProps) {
  const query = useReport<{ readonly legs: readonly Leg[] }>('durations', question);
  const rowsOf = ({ id }: Leg): string => rowsBehind(address, { leg: [id] });
  const cell = (leg: Leg, name: (typeof PERCENTILES)[number]) => {
    const ms = leg[name];
    if (ms === null) return <span aria-label="none">–</span>;
    return <Link to={rowsOf(leg)}>{leg.small ? <Few>{duration(ms)}</Few> : duration(ms)}</Link>;
  };
  return (
    <Figures title="Durations" query={query} isFlush>
      {({ legs }) => (
        <Wide tabIndex={0} role="region" aria-label="Durations">
          <Grid>
            <thead>
              <tr>
                <th scope="col">Leg</th>
                <th scope="col">Sessions</th>
                {PERCENTILES.map((name) => (
                  <th scope="col" key={name}>
                    {TITLES[name]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {legs.map((leg) => {
                const definition = catalogue.durations.find(({ id }) => id === leg.id);
                return (
                  <tr key={leg.id}>
                    <th scope="row">
                      <Explained
                        title={definition?.title ?? leg.id}
                        definition={definition}
                        catalogue={catalogue}
                        note={catalogue.percentiles}
                      />
                    </th>
                    <td title={leg.small ? `Fewer than ${catalogue.small_below} say little` : undefined}>
                      <Linked>
                        <CountLink count={leg.count} to={rowsOf(leg)} />
                      </Linked>
                    </td>
                    {PERCENTILES.map((name) => (
                      <td key={name}>
                        <Linked>{cell(leg, name)}</Linked>
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </Grid>
        </Wide>
      )}
    </Figures>
  );
}
