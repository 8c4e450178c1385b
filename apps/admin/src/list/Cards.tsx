import { styled } from '@mui/material/styles';
import type { Column, Item } from './column';
import { Opener } from './Opener';

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  borderTop: `1px solid ${theme.tokens.line}`,
  '& > li': { borderBottom: `1px solid ${theme.tokens.line}` },
}));

const Card = styled('div')(({ theme }) => ({
  position: 'relative',
  display: 'grid',
  gap: 3,
  padding: '11px 16px',
  fontSize: 13,
  '& .top': { display: 'flex', alignItems: 'center', gap: 10, minWidth: 0, fontSize: 14, fontWeight: 560 },
  '& .lead': { flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .below': { display: 'flex', alignItems: 'center', gap: 12 },
  '& .lines': {
    flex: 1,
    minWidth: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: '1px 12px',
    color: theme.tokens.soft,
    overflowWrap: 'anywhere',
  },
  '& .lines > *': { minWidth: 0 },
  // Without its column's head it would say nothing.
  '& .lines > :has(> [aria-label=none])': { display: 'none' },
  // What opens it covers the card; what can be used inside of it lies above.
  '& a[data-opener]': { color: 'inherit', textDecoration: 'none' },
  '& [data-opener]::after': { content: '""', position: 'absolute', inset: 0 },
  '& a:not([data-opener]), & button:not([data-opener])': { position: 'relative', zIndex: 1 },
}));

interface CardsProps<Row extends Item> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly pathOf: (row: Row) => string | null;
  /** Opens a row that leads nowhere where it is. */
  readonly onOpen?: ((row: Row) => void) | undefined;
}

/** Rows where there is no room for columns. */
export function Cards<Row extends Item>({ label, rows, columns, pathOf, onOpen }: CardsProps<Row>) {
  const at = (...places: Column<Row>['card'][]) => columns.filter(({ card }) => places.includes(card));
  return (
    <List aria-label={label}>
      {rows.map((row) => {
        const path = pathOf(row);
        const lead = at('lead').map(({ name, render }) => <span key={name}>{render(row)}</span>);
        return (
          <li key={row.id} data-row={row.id}>
            <Card>
              <div className="top">
                <span className="lead">
                  <Opener path={path} onOpen={onOpen ? () => onOpen(row) : null}>
                    {lead}
                  </Opener>
                </span>
                {at('side').map(({ name, render }) => (
                  <span key={name}>{render(row)}</span>
                ))}
              </div>
              <div className="below">
                <div className="lines">
                  {at('line', 'labelled').map(({ name, label: head, card, render }) => (
                    <span key={name}>
                      {card === 'labelled' && `${head}: `}
                      {render(row)}
                    </span>
                  ))}
                </div>
                {at('act').map(({ name, render }) => (
                  <span key={name}>{render(row)}</span>
                ))}
              </div>
            </Card>
          </li>
        );
      })}
    </List>
  );
}
