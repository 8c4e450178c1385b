import ArrowDownwardIcon from '@mui/icons-material/ArrowDownward';
import ArrowUpwardIcon from '@mui/icons-material/ArrowUpward';
import Checkbox from '@mui/material/Checkbox';
import { styled } from '@mui/material/styles';
import type { MouseEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import type { Column, Item } from './column';
import { Opener } from './Opener';
import type { Selection } from './use-selection';

const Scroll = styled('div')(({ theme }) => ({
  minHeight: 0,
  overflow: 'auto',
  borderTop: `1px solid ${theme.tokens.line}`,
  borderBottom: `1px solid ${theme.tokens.line}`,
}));

const Grid = styled('table')(({ theme }) => ({
  width: '100%',
  borderCollapse: 'separate',
  borderSpacing: 0,
  fontSize: 13,
  '& th, & td': {
    height: 36,
    padding: '0 8px',
    textAlign: 'left',
    fontWeight: 400,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    borderBottom: `1px solid ${theme.tokens.line}`,
  },
  '& th:first-of-type, & td:first-of-type': { paddingLeft: 24 },
  '& thead th': {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    height: 34,
    background: theme.tokens.surface,
    color: theme.tokens.soft,
    fontSize: 12,
    fontWeight: 560,
  },
  '& tbody tr:last-of-type > *': { borderBottom: 0 },
  '& tbody tr': { cursor: 'default' },
  '& tbody tr[data-opens]': { cursor: 'pointer' },
  '& tbody tr:hover > *': { background: theme.tokens.hover },
  '& tbody tr:focus-within > *': { background: theme.tokens.hover },
  '& tbody tr:focus-within > :first-of-type': { boxShadow: `inset 2px 0 0 ${theme.tokens.accent}` },
  '& tbody tr[aria-selected=true] > *': { background: theme.tokens.selected },
  '& .right': { textAlign: 'right' },
  // A button has the row's height and still some air.
  '& td .MuiButton-root': { minHeight: 26, padding: '1px 10px' },
  '& .check': { width: 44, paddingRight: 0, paddingLeft: 18 },
  '& td > a': { color: 'inherit', textDecoration: 'none' },
  // As wide as what is in it, where there is room for all; else what may be cut gives way, and nothing else does.
  '& .cut': { display: 'grid', gridTemplateColumns: 'minmax(0, max-content)' },
  '& .cut > *': { overflow: 'hidden', textOverflow: 'ellipsis' },
  '& td > a:focus-visible, & [data-opener]:focus-visible': { outline: 'none' },
}));

const SortButton = styled('button')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  padding: 0,
  border: 0,
  background: 'none',
  color: 'inherit',
  font: 'inherit',
  cursor: 'pointer',
  '& svg': { fontSize: 13 },
});

interface TableProps<Row extends Item> {
  /** What the rows are, for whoever cannot see the page. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  /** Where a row leads; null where it leads nowhere. */
  readonly pathOf: (row: Row) => string | null;
  /** Opens a row that leads nowhere where it is. */
  readonly onOpen?: ((row: Row) => void) | undefined;
  /** Null where nothing can be done with several rows. */
  readonly selection: Selection | null;
}

/** Whether a click was meant for something inside of the row, or marked text. */
const isForSomethingElse = ({ target }: MouseEvent): boolean =>
  (target as HTMLElement).closest('a, button, input, label') !== null || window.getSelection()?.isCollapsed === false;

/** Rows and columns. A row opens by its first cell's link or button, or by a click anywhere on it. */
export function Table<Row extends Item>({
  label,
  rows,
  columns,
  sort,
  onSort,
  pathOf,
  onOpen,
  selection,
}: TableProps<Row>) {
  const navigate = useNavigate();
  return (
    <Scroll>
      <Grid aria-label={label}>
        <thead>
          <tr>
            {selection && (
              <th className="check">
                <Checkbox
                  checked={selection.isAll}
                  indeterminate={selection.ids.size > 0 && !selection.isAll}
                  onChange={selection.toggleAll}
                  slotProps={{ input: { 'aria-label': 'Select all rows of this page' } }}
                />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.name} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const path = pathOf(row);
            const open = onOpen ? () => onOpen(row) : null;
            const isSelected = selection?.ids.has(row.id) ?? false;
            return (
              <tr
                key={row.id}
                data-row={row.id}
                data-opens={path === null && !open ? undefined : ''}
                aria-selected={selection ? isSelected : undefined}
                onClick={(event) => {
                  if (isForSomethingElse(event)) return;
                  if (path !== null) void navigate(path);
                  else open?.();
                }}
              >
                {selection && (
                  <td className="check">
                    <Checkbox
                      checked={isSelected}
                      onChange={() => selection.toggle(row.id)}
                      slotProps={{ input: { 'aria-label': `Select ${row.id}` } }}
                    />
                  </td>
                )}
                {columns.map(({ name, render, isRight = false, maxWidth, minWidth }, index) => (
                  <td
                    key={name}
                    className={isRight ? 'right' : undefined}
                    style={maxWidth === undefined ? undefined : { maxWidth }}
                  >
                    {index === 0 ? (
                      <Opener path={path} onOpen={open}>
                        {render(row)}
                      </Opener>
                    ) : maxWidth === undefined ? (
                      render(row)
                    ) : (
                      <div className="cut" style={minWidth === undefined ? undefined : { minWidth }}>
                        <div>{render(row)}</div>
                      </div>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </Grid>
    </Scroll>
  );
}

interface HeadProps<Row extends Item> {
  readonly column: Column<Row>;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}

function Head<Row extends Item>({ column, sort, onSort }: HeadProps<Row>) {
  const { label, isRight = false, sort: name } = column;
  const className = isRight ? 'right' : undefined;
  if (name === undefined) return <th className={className}>{label}</th>;
  const isSorted = sort.replace(/^-/, '') === name;
  const isDown = sort.startsWith('-');
  return (
    <th className={className} aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : 'none'}>
      <SortButton type="button" onClick={() => onSort(isSorted && isDown ? name : `-${name}`)}>
        {label}
        {isSorted && (isDown ? <ArrowDownwardIcon /> : <ArrowUpwardIcon />)}
      </SortButton>
    </th>
  );
}
