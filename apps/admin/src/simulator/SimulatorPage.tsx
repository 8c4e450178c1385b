import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Column } from '../list/column';
import { useRefreshing } from '../ui/use-refreshing';
import { call } from '../providers/http';
import { useMay } from '../session/me';
import { SCHEME_NAMES, wordFor } from '../sessions/words';
import { NONE } from '../ui/cells';
import { Copyable } from '../ui/Copyable';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { RowsSection } from '../ui/RowsSection';
import { Failure, Loading } from '../ui/states';
import { Faults } from './Faults';
import { NewTestSession } from './NewTestSession';
import type { Simulator, TestCard } from './types';
import { FLOW_WORDS, grouped, outcomeOf, reasonWords } from './words';

type Row = TestCard & { readonly id: string };

const COLUMNS: readonly Column<Row>[] = [
  {
    name: 'number',
    label: 'Card number',
    isUsual: true,
    card: 'lead',
    render: ({ number }) => (
      <Copyable text={number} name={`card number ${number}`}>
        {grouped(number)}
      </Copyable>
    ),
  },
  {
    name: 'scheme',
    label: 'Scheme',
    isUsual: true,
    card: 'line',
    render: ({ scheme }) => wordFor(SCHEME_NAMES, scheme),
  },
  { name: 'flow', label: 'Issuer', isUsual: true, card: 'line', render: ({ flow }) => FLOW_WORDS[flow] },
  {
    name: 'outcome',
    label: 'Ends',
    isUsual: true,
    card: 'side',
    render: (card) => {
      const { label, tone } = outcomeOf(card);
      return <Pill tone={tone}>{label}</Pill>;
    },
  },
  { name: 'reason', label: 'Why', isUsual: true, card: 'line', render: (card) => reasonWords(card) ?? NONE },
  {
    name: 'method',
    label: '3DS Method',
    isUsual: true,
    render: ({ has_method: has }) => (has ? 'Yes' : 'No'),
  },
];

/** Screen 12: the outside world that this installation has in a box. */
export function SimulatorPage() {
  const { data, error, refetch } = useQuery({
    queryKey: ['simulator'],
    queryFn: ({ signal }) => call<Simulator>('GET', 'simulator', { signal }),
  });
  useRefreshing(refetch);
  if (data === undefined) return error ? <Failure error={error} retry={() => void refetch()} /> : <Loading />;
  return <Shown simulator={data} />;
}

function Shown({ simulator }: { readonly simulator: Simulator }) {
  const mayUse = useMay('simulator.use');
  const [tried, setTried] = useState<TestCard | null>(null);
  const columns = mayUse ? [...COLUMNS, tryColumn(setTried)] : COLUMNS;
  const [first] = simulator.cards;
  return (
    <Page
      title="Simulator"
      actions={
        <>
          <Button href={simulator.shop_url} target="_blank" rel="noreferrer">
            Open the demo shop
          </Button>
          {mayUse && first && (
            <Button variant="contained" color="primary" onClick={() => setTried(first)}>
              Make a test session
            </Button>
          )}
        </>
      }
    >
      <Faults simulator={simulator} />
      <RowsSection
        title={`Test cards · password of a challenge: ${simulator.challenge_password}`}
        rows={simulator.cards.map((card) => ({ ...card, id: card.number }))}
        columns={columns}
        nothing="The simulator has no cards."
      />
      {tried && <NewTestSession cards={simulator.cards} card={tried} onClose={() => setTried(null)} />}
    </Page>
  );
}

const tryColumn = (onTry: (card: TestCard) => void): Column<Row> => ({
  name: 'try',
  label: '',
  isUsual: true,
  isRight: true,
  card: 'act',
  render: (card) => (
    <Button onClick={() => onTry(card)} aria-label={`Try ${card.number}`}>
      Try
    </Button>
  ),
});
