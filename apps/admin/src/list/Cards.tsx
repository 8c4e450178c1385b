import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import type { Column, Item } from './column';

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
  '& .lines': { flex: 1, minWidth: 0, display: 'flex', flexWrap: 'wrap', gap: '1px 12px', color: theme.tokens.soft },
  // Without its column's head it would say nothing.
  '& .lines > :has(> [aria-label=none])': { display: 'none' },
  // The link covers the card; what can be used inside of it lies above.
  '& .top a': { color: 'inherit', textDecoration: 'none' },
  '& .top a::after': { content: '""', position: 'absolute', inset: 0 },
  '& button': { position: 'relative', zIndex: 1 },
}));

interface CardsProps<Row extends Item> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly pathOf: (row: Row) => string | null;
}

/** Rows where there is no room for columns. */
export function Cards<Row extends Item>({ label, rows, columns, pathOf }: CardsProps<Row>) {
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
                <span className="lead">{path === null ? lead : <Link to={path}>{lead}</Link>}</span>
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
