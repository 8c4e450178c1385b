import RefreshIcon from '@mui/icons-material/Refresh';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { BROWSER_ZONE } from '../format/time';
import { FilterBar } from '../list/FilterBar';
import { useMerchantField } from '../merchants/use-merchant-field';
import { ApiError } from '../providers/api-error';
import { addressOf } from '../providers/http';
import { resolved, type ListFilter, type Operators } from '../providers/list-query';
import { ABOUT_SESSIONS, fieldsAboutSessions } from '../sessions/fields';
import { Linked } from '../ui/Linked';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Empty, Failure, Forbidden, Loading } from '../ui/states';
import { useTimeZone } from '../ui/time-zone';
import { CallbacksSection } from './CallbacksSection';
import { CheckSection } from './CheckSection';
import { Choice } from './Choice';
import { Funnel } from './Funnel';
import { LegsSection } from './LegsSection';
import { Money } from './Money';
import { PartiesSection } from './PartiesSection';
import {
  questionOf,
  readReportAddress,
  rowsBehind,
  rowsFilter,
  writeReportAddress,
  type ReportAddress,
} from './report-address';
import { SplitSection } from './SplitSection';
import { Tiles } from './Tiles';
import { TrendSection } from './TrendSection';
import type { Summary } from './types';
import { count } from './words';
import { useCatalogue, useHasDemo, useReport } from './use-report';

const Bar = styled('div')({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8 });

/** What a report can be narrowed by, of what the list of sessions can. */
const FIELDS = ['created_at', 'merchant_id', ...ABOUT_SESSIONS];

const TRAFFICS = [
  { value: 'live', label: 'Live' },
  { value: 'test', label: 'Test' },
  { value: 'demo', label: 'Demo data' },
] as const;

const BASES = [
  { value: 'raw', label: 'Every session' },
  { value: 'deduplicated', label: 'Last of a purchase' },
] as const;

const EXPORTS = [
  { format: 'csv', label: 'Export CSV' },
  { format: 'ndjson', label: 'Export NDJSON' },
] as const;

/** Screen 11: figures by the one catalogue. */
export function Reports() {
  const [search, setSearch] = useSearchParams();
  const address = readReportAddress(search);
  const [preferred] = useTimeZone();
  const [now, setNow] = useState(() => new Date());
  const merchant = useMerchantField();
  const hasDemo = useHasDemo();
  const { data: catalogue, error, refetch } = useCatalogue();
  const question = questionOf(address, now);
  const summary = useReport<Summary>('summary', question);
  if ([error, summary.error].some((one) => one instanceof ApiError && one.status === 403)) return <Forbidden />;
  if (!catalogue) return error ? <Failure error={error} retry={() => void refetch()} /> : <Loading />;

  const own = preferred === BROWSER_ZONE ? new Intl.DateTimeFormat().resolvedOptions().timeZone : preferred;
  const zone = address.zone === '' ? own : address.zone;
  // Whoever gets this address sees the same days. Two changes in a row both count: the address is ahead of what is drawn.
  const go = (change: Partial<ReportAddress>): void => {
    const present = readReportAddress(new URLSearchParams(globalThis.location.search));
    setSearch(writeReportAddress({ ...present, zone, ...change }), { replace: true });
  };
  const narrow = ({ created_at: window = { last: '30d' }, ...filter }: ListFilter): void =>
    go({ window: window as Operators, filter });
  const fields = fieldsAboutSessions(merchant, FIELDS);
  const isEmpty = summary.data?.counts['sessions'] === 0;
  return (
    <Page
      title="Reports"
      actions={
        <>
          {EXPORTS.map(({ format, label }) => (
            <Button
              key={format}
              download
              href={addressOf('sessions/export', {
                filter: JSON.stringify(resolved(rowsFilter(address), now)),
                format,
              })}
            >
              {label}
            </Button>
          ))}
          <Tooltip title="Count again">
            <IconButton aria-label="Count again" onClick={() => setNow(new Date())}>
              <RefreshIcon />
            </IconButton>
          </Tooltip>
        </>
      }
    >
      <Bar>
        <Choice
          label="Which sessions"
          value={address.traffic}
          choices={TRAFFICS.filter(({ value }) => value !== 'demo' || hasDemo || address.traffic === 'demo')}
          onChange={(traffic) => go({ traffic })}
        />
        <Choice label="What is counted" value={address.basis} choices={BASES} onChange={(basis) => go({ basis })} />
        <FilterBar fields={fields} filter={{ created_at: address.window, ...address.filter }} onChange={narrow} />
      </Bar>
      {isEmpty ? (
        <Section title="Nothing to count">
          <Empty
            title={`No ${address.traffic === 'demo' ? 'demo' : address.traffic} sessions in this window`}
            action={
              hasDemo && address.traffic !== 'demo' ? (
                <Button variant="contained" color="primary" onClick={() => go({ traffic: 'demo' })}>
                  Show demo data
                </Button>
              ) : undefined
            }
          >
            Try a longer window, fewer filters, or the other sessions.
          </Empty>
        </Section>
      ) : (
        <>
          <Checked summary={summary.data} />
          {summary.data === undefined ? (
            summary.error ? (
              <Failure
                error={summary.error}
                retry={() => void summary.refetch()}
                action={
                  Object.keys(address.filter).length > 0 && (
                    <Button onClick={() => go({ filter: {} })}>Clear the filter</Button>
                  )
                }
              />
            ) : (
              <Loading />
            )
          ) : (
            <Section
              title={
                <Linked>
                  <Link to={rowsBehind(address)}>{`${count(summary.data.counts['sessions'] ?? 0)} sessions`}</Link>
                </Linked>
              }
            >
              <Tiles summary={summary.data} catalogue={catalogue} address={address} />
            </Section>
          )}
          <TrendSection
            question={question}
            address={address}
            catalogue={catalogue}
            zone={zone}
            onUnit={(unit) => go({ unit })}
          />
          {summary.data && (
            <Section title="Funnel">
              <Funnel summary={summary.data} catalogue={catalogue} address={address} />
            </Section>
          )}
          <SplitSection question={question} address={address} catalogue={catalogue} onBy={(by) => go({ by })} />
          <PartiesSection
            question={question}
            address={address}
            catalogue={catalogue}
            onTable={(table) => go({ table })}
          />
          <LegsSection question={question} catalogue={catalogue} address={address} />
          <CallbacksSection question={question} catalogue={catalogue} address={address} now={now} />
          {summary.data && (
            <Section title="Money, by currency">
              <Money money={summary.data.money} address={address} />
            </Section>
          )}
        </>
      )}
      <CheckSection catalogue={catalogue} />
    </Page>
  );
}

/** Whether the sums of the catalogue come out for what is shown. */
function Checked({ summary }: { readonly summary: Summary | undefined }) {
  if (summary === undefined) return null;
  const broken = summary.identities.filter(({ holds }) => !holds);
  if (broken.length === 0) return null;
  return (
    <Notice kind="bad">
      {broken.map(({ title, excess }) => `This does not hold: “${title}” (off by ${excess}).`).join(' ')}
    </Notice>
  );
}
