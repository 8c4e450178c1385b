import type { ReactNode } from 'react';
import { duration } from '../format/time';
import { Facts, type Fact } from '../ui/Facts';
import { Time } from '../ui/Time';
import { Figures } from './Figures';
import { Info } from './Info';
import { RateCell } from './RateCell';
import type { Callbacks, Catalogue } from './types';
import { useReport } from './use-report';
import { count } from './words';

interface CallbacksSectionProps {
  readonly question: Readonly<Record<string, string>>;
  readonly catalogue: Catalogue;
}

const ms = (value: number | null): string => (value === null ? '–' : duration(value));

/** How the merchants were told of the sessions of this report. */
export function CallbacksSection({ question, catalogue }: CallbacksSectionProps) {
  const query = useReport<Callbacks>('callbacks', question);
  const fact = (id: string, value: ReactNode, title?: string, note?: string): Fact => {
    const definition = catalogue.callbacks.find((one) => one.id === id);
    return [
      title ?? definition?.title ?? id,
      <span key={id}>
        {value}
        <Info definition={definition} catalogue={catalogue} note={note} />
      </span>,
    ];
  };
  return (
    <Figures title="Callbacks" query={query}>
      {(figures) => (
        <Facts
          facts={[
            ['Messages that have fallen due', count(figures.due)],
            fact('first_try_rate', <RateCell rate={figures.first_try_rate} smallBelow={catalogue.small_below} />),
            fact('delivered_rate', <RateCell rate={figures.delivered_rate} smallBelow={catalogue.small_below} />),
            fact(
              'lag',
              `${ms(figures.lag.p50_ms)} · ${ms(figures.lag.p95_ms)} · ${ms(figures.lag.p99_ms)}`,
              'Lag p50 · p95 · p99',
              catalogue.percentiles,
            ),
            fact('backlog', count(figures.backlog)),
            ['Oldest due', figures.oldest_due_at && <Time at={figures.oldest_due_at} as="relative" />],
            fact('dead', count(figures.dead)),
            fact('unresolved_past_deadline', count(figures.unresolved_past_deadline)),
          ]}
        />
      )}
    </Figures>
  );
}
