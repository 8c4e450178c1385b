import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { Answer } from '../api/routes';
import { request } from '../api/request';
import { MerchantLink } from '../merchants/MerchantLink';
import { perform } from '../providers/acts';
import { useMe } from '../session/me';
import { Pill } from '../ui/Pill';
import { ReasonedAct } from '../ui/ReasonedAct';
import { Section } from '../ui/Section';
import { Failure } from '../ui/states';
import { Time } from '../ui/Time';
import { useAnchor } from '../ui/use-anchor';
import { useDone } from '../ui/use-done';
import { Grid, Wide } from './Grid';
import { rowsOfHour } from './report-address';
import type { Catalogue } from './types';
import { count } from './words';

/** Its place on the screen, as addresses name it. */
const CHECK = 'check';

type Result = NonNullable<Answer<'GET reports/check'>['last']>;
type Finding = Result['findings'][number];

const Line = styled('p')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 10,
  margin: 0,
  fontSize: 13.5,
});

/** Whoever is led here sees it whole, also below the bar of a telephone. */
const Named = styled('div')({ minWidth: 0, scrollMarginTop: 60 });

const Lines = styled('div')({ display: 'grid', gap: 10, minWidth: 0 });

/** The check that was last done; asked for again soon while one is under way. */
function useReportCheck() {
  return useQuery({
    queryKey: ['reports', 'check'],
    queryFn: ({ signal }) => request('GET reports/check', { signal }),
    refetchInterval: ({ state }) => (state.data?.is_under_way === true ? 2_000 : 60_000),
  });
}

interface CheckSectionProps {
  readonly catalogue: Catalogue;
}

/** Whether what reports say adds up to the sessions, as of the last night. */
export function CheckSection({ catalogue }: CheckSectionProps) {
  const { data, error, refetch } = useReportCheck();
  const ref = useAnchor(CHECK);
  const me = useMe();
  const mayAsk = me?.all_merchants === true && me.permissions.includes('reports.check');
  return (
    <Named ref={ref} id={CHECK}>
      <Section title="Check against the sessions" actions={mayAsk && <AskForCheck />}>
        {error && data === undefined ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : (
          <Lines>
            {data?.is_under_way === true && (
              <Line>
                <Pill tone="info">Under way</Pill>
                Figures are being added up.
              </Line>
            )}
            {data &&
              (data.last === null ? (
                <Line>It is done every night, and was not done yet.</Line>
              ) : (
                <Outcome last={data.last} />
              ))}
            {data?.last?.holds === false && <Findings findings={data.last.findings} catalogue={catalogue} />}
          </Lines>
        )}
      </Section>
    </Named>
  );
}

function Outcome({ last }: { readonly last: Result }): ReactNode {
  const { holds, hours, findings, ended_at: endedAt } = last;
  return (
    <Line>
      <Pill tone={holds ? 'good' : 'bad'}>
        {holds
          ? 'Everything adds up'
          : `${count(findings.length)} ${findings.length === 1 ? 'difference' : 'differences'}`}
      </Pill>
      <span>
        {count(hours)} hours of merchants were counted again, <Time at={endedAt} />.
      </span>
    </Line>
  );
}

function Findings({ findings, catalogue }: CheckSectionProps & { readonly findings: readonly Finding[] }): ReactNode {
  return (
    <Wide tabIndex={0} role="region" aria-label="Differences">
      <Grid>
        <thead>
          <tr>
            <th scope="col">Hour</th>
            <th scope="col">Merchant</th>
            <th scope="col">What differs</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <tr key={`${finding.hour} ${finding.merchant_id} ${finding.what}`}>
              <th scope="row">
                <Time at={finding.hour} />
              </th>
              <td>
                <MerchantLink id={finding.merchant_id} />
              </td>
              <td>
                <Link to={rowsOfHour(finding.merchant_id, finding.hour)}>{wordsOf(finding, catalogue)}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </Grid>
    </Wide>
  );
}

/** Has figures added up now. */
function AskForCheck(): ReactNode {
  const done = useDone();
  return (
    <ReasonedAct
      label="Check now"
      explanation={[
        'Every hour of the last 31 days is counted again and compared with the figures.',
        'An hour that was added up wrongly is added up anew.',
      ]}
      onDo={async (given) => {
        await perform('POST reports/check', given, {});
        await done('The check begins within seconds.');
      }}
    />
  );
}

function wordsOf({ what, excess, is_mended: isMended }: Finding, { identities }: Catalogue): string {
  if (what === 'rollup')
    return `The hour was added up otherwise than its sessions are${isMended ? '. It was added up anew.' : '.'}`;
  if (what === 'sessions')
    return `${Math.abs(excess ?? 0)} sessions too ${(excess ?? 0) > 0 ? 'many' : 'few'} were counted.`;
  const title = identities.find(({ id }) => id === what)?.title ?? what;
  return `This does not hold: “${title}” (off by ${excess ?? '?'}).`;
}
