import { styled } from '@mui/material/styles';
import Button from '@mui/material/Button';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { ReactNode } from 'react';
import { Cards } from '../list/Cards';
import type { Column, Item } from '../list/column';
import { Table } from '../list/Table';
import { NARROW } from '../theme/theme';
import { Section } from './Section';

const Nothing = styled('p')(({ theme }) => ({
  margin: 0,
  padding: '2px 16px 16px',
  fontSize: 13,
  color: theme.tokens.soft,
}));

const More = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  padding: '8px 16px 12px',
  borderTop: `1px solid ${theme.tokens.line}`,
  fontSize: 13,
  color: theme.tokens.soft,
}));

const Rows = styled('div')({
  '& table th:first-of-type, & table td:first-of-type': { paddingLeft: 16 },
  '& > div, & > ul': { borderBottom: 0 },
  '& > ul > li:last-of-type': { borderBottom: 0 },
});

interface RowsSectionProps<Row extends Item> {
  readonly title: string;
  readonly rows: readonly Row[] | undefined;
  /** Asks for those that follow; null where there are none. */
  readonly more?: (() => void) | null;
  readonly columns: readonly Column<Row>[];
  readonly pathOf?: (row: Row) => string | null;
  readonly actions?: ReactNode;
  /** Said where there are none. */
  readonly nothing: string;
}

/** A few rows of something, as a part of a page. */
export function RowsSection<Row extends Item>({
  title,
  rows,
  more = null,
  columns,
  pathOf = () => null,
  actions,
  nothing,
}: RowsSectionProps<Row>) {
  const isNarrow = useMediaQuery((theme) => theme.breakpoints.down(NARROW));
  if (!rows) return null;
  const shown = columns.filter(({ isUsual = false }) => isUsual);
  return (
    <Section title={title} actions={actions} isFlush>
      {rows.length === 0 ? (
        <Nothing>{nothing}</Nothing>
      ) : (
        <Rows>
          {isNarrow ? (
            <Cards label={title} rows={rows} columns={shown} pathOf={pathOf} />
          ) : (
            <Table
              label={title}
              rows={rows}
              columns={shown}
              sort=""
              onSort={() => undefined}
              pathOf={pathOf}
              selection={null}
            />
          )}
        </Rows>
      )}
      {more && (
        <More>
          {`The first ${rows.length} are shown.`}
          <Button onClick={more}>Show more</Button>
        </More>
      )}
    </Section>
  );
}
