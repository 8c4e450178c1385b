import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { duration } from '../format/time';
import { Facts, type Fact } from '../ui/Facts';
import { Time } from '../ui/Time';
import { Figures } from './Figures';
import { Info } from './Info';
import { Linked } from '../ui/Linked';
import { RateCell } from './RateCell';
import { callbacksCounted, rowsBehind, type ReportAddress } from './report-address';
import type { Callbacks, Catalogue, Rate } from './types';
import { useReport } from './use-report';
import { count } from './words';

interface CallbacksSectionProps {
  readonly question: Readonly<Record<string, string>>;
  readonly catalogue: Catalogue;
  readonly address: ReportAddress;
  readonly now: Date;
}

/** How long the server keeps callbacks that were taken; rollups count them longer. */
const KEPT_MS = 30 * 86_400_000;

const ms = (value: number | null): string => (value === null ? '–' : duration(value));

const Note = styled('p')(({ theme }) => ({ margin: '14px 0 0', fontSize: 12, color: theme.tokens.soft }));

/** How the merchants were told of the sessions of this report. */
export function CallbacksSection({ question, catalogue, address, now }: CallbacksSectionProps) {
  const query = useReport<Callbacks>('callbacks', question);
  const isOlder = now.getTime() - new Date(question['from'] ?? now).getTime() > KEPT_MS;
  const to = (counted: string, figure: ReactNode, sort?: string): ReactNode => (
    <Link to={callbacksCounted(address, counted, sort)}>{figure}</Link>
  );
  const rate = (counted: string, one: Rate): ReactNode => {
    const cell = <RateCell rate={one} smallBelow={catalogue.small_below} />;
    return one.value === undefined ? cell : to(counted, cell);
  };
  /** All three are of those that were delivered. */
  const lagOf = ({ lag }: Callbacks): ReactNode =>
    lag.p50_ms === null ? '–' : to('delivered', `${ms(lag.p50_ms)} · ${ms(lag.p95_ms)} · ${ms(lag.p99_ms)}`);
  const fact = (id: string, value: ReactNode, title?: string, note?: string): Fact => {
    const definition = catalogue.callbacks.find((one) => one.id === id);
    return [
      title ?? definition?.title ?? id,
      <Linked key={id}>
        {value}
        <Info definition={definition} catalogue={catalogue} note={note} />
      </Linked>,
    ];
  };
  return (
    <Figures title="Callbacks" query={query}>
      {(figures) => (
        <>
          <Facts
            facts={[
              ['Messages that have fallen due', <Linked key="due">{to('due', count(figures.due))}</Linked>],
              fact('first_try_rate', rate('first_try', figures.first_try_rate)),
              fact('delivered_rate', rate('delivered', figures.delivered_rate)),
              fact('lag', lagOf(figures), 'Lag p50 · p95 · p99', catalogue.percentiles),
              fact('backlog', to('backlog', count(figures.backlog))),
              [
                'Oldest due',
                figures.oldest_due_at && (
                  <Linked key="oldest">
                    {to('backlog', <Time at={figures.oldest_due_at} as="relative" />, 'created_at')}
                  </Linked>
                ),
              ],
              fact('dead', to('dead', count(figures.dead))),
              fact(
                'unresolved_past_deadline',
                <Link to={rowsBehind(address, { is_unresolved: true })}>
                  {count(figures.unresolved_past_deadline)}
                </Link>,
              ),
            ]}
          />
          {isOlder && (
            <Note>
              Callbacks that merchants took are forgotten after 30 days: of older ones the lists have fewer than are
              counted.
            </Note>
          )}
        </>
      )}
    </Figures>
  );
}
