import ArrowUpwardIcon from '@mui/icons-material/ArrowUpward';
import RefreshIcon from '@mui/icons-material/Refresh';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useEffect, type ReactNode } from 'react';
import { useStore } from 'react-admin';
import { ApiError } from '../providers/api-error';
import type { ListFilter } from '../providers/list-query';
import { NARROW } from '../theme/theme';
import { Actions } from '../ui/Actions';
import { Notice } from '../ui/Notice';
import { Outdated } from '../ui/Outdated';
import { Empty, Failure, Forbidden, Loading } from '../ui/states';
import { Cards } from './Cards';
import { shownColumns, type Column, type Item } from './column';
import { ColumnsMenu } from './ColumnsMenu';
import type { FilterField } from './filter-field';
import { FilterBar } from './FilterBar';
import { Pager } from './Pager';
import { Table } from './Table';
import { useListKeys } from './use-list-keys';
import { useListing, type Listing } from './use-listing';
import { useSelection } from './use-selection';
import { Views, type View } from './Views';

const Root = styled('div')(({ theme }) => ({
  position: 'relative',
  display: 'flex',
  flexDirection: 'column',
  height: '100vh',
  minWidth: 0,
  [theme.breakpoints.down(NARROW)]: { height: 'auto', minHeight: 'calc(100vh - 48px)' },
}));

const Head = styled('header')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 8px',
  padding: '16px 24px 8px',
  [theme.breakpoints.down(NARROW)]: { padding: '12px 16px 6px' },
}));

const Bars = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: 6,
  padding: '0 24px 10px 16px',
  [theme.breakpoints.down(NARROW)]: { padding: '0 8px 10px' },
}));

const Told = styled('div')(({ theme }) => ({
  padding: '0 24px 10px',
  '&:empty': { display: 'none' },
  [theme.breakpoints.down(NARROW)]: { padding: '0 16px 10px' },
}));

const Body = styled('div')(({ theme }) => ({
  display: 'grid',
  flex: 1,
  minHeight: 0,
  '&[aria-busy=true]': { opacity: 0.55 },
  [theme.breakpoints.down(NARROW)]: { display: 'block' },
}));

const NewRows = styled('div')({
  position: 'relative',
  height: 0,
  zIndex: 2,
  display: 'flex',
  justifyContent: 'center',
  '& > button': { marginTop: 44, borderRadius: 99, flex: 'none', height: 30 },
});

const Picked = styled('div')(({ theme }) => ({
  position: 'absolute',
  zIndex: 3,
  bottom: 56,
  left: '50%',
  transform: 'translateX(-50%)',
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  padding: '7px 8px 7px 16px',
  borderRadius: 11,
  border: `1px solid ${theme.tokens.lineStrong}`,
  background: theme.tokens.raised,
  boxShadow: theme.tokens.shadow,
  fontSize: 13,
  whiteSpace: 'nowrap',
  [theme.breakpoints.down(NARROW)]: { left: 8, right: 8, transform: 'none', flexWrap: 'wrap' },
}));

/** What can be done with rows that were picked. */
export interface BulkProps {
  readonly ids: readonly string[];
  /** Of the list that they were picked from. */
  readonly filter: ListFilter;
  readonly onDone: () => void;
}

interface ListPageProps<Row extends Item> {
  readonly resource: string;
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly fields: readonly FilterField[];
  readonly views?: readonly View[];
  /** `-createdAt` */
  readonly usualSort: string;
  readonly pathOf: (row: Row) => string | null;
  /** Opens a row that leads nowhere where it is. */
  readonly onOpen?: (row: Row) => void;
  /** Above the list, for all of it. */
  readonly actions?: (listing: Listing<Row>) => ReactNode;
  /** Null where nothing can be done with several rows. */
  readonly bulk?: ((props: BulkProps) => ReactNode) | null;
  /** Said where there is nothing at all. */
  readonly empty: { readonly title: string; readonly text: string };
}

/** A list of the console: views, filters, columns, rows that stand still, pages, and keys for all of it. */
export function ListPage<Row extends Item>({
  resource,
  title,
  columns,
  fields,
  views = [],
  usualSort,
  pathOf,
  onOpen,
  actions,
  bulk = null,
  empty,
}: ListPageProps<Row>) {
  const listing = useListing<Row>(resource, usualSort);
  const { rows, address, error, isPending, isChanging, newCount, setFilter, setSort, goTo, reload } = listing;
  const [chosen, setChosen] = useStore<readonly string[] | null>(`columns.${resource}`, null);
  const selection = useSelection(rows);
  const root = useListKeys(listing);
  const isNarrow = useMediaQuery((theme) => theme.breakpoints.down(NARROW));
  const shown = shownColumns(columns, chosen);
  const isFiltered = Object.keys(address.filter).length > 0;
  useEffect(() => {
    document.title = `${title} · Countersign`;
  }, [title]);
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  const clear = <Button onClick={() => setFilter({})}>Clear the filter</Button>;
  // What the server does not take once, it never takes: each part of the address that it may be can be given up.
  const isRefused = error instanceof ApiError && error.status === 422;
  const ways = (
    <>
      {address.after !== undefined && <Button onClick={() => goTo(null)}>Go to the beginning</Button>}
      {address.sort !== usualSort && <Button onClick={() => setSort(usualSort)}>Order as usual</Button>}
      {isFiltered && clear}
    </>
  );
  const content = (): ReactNode => {
    if (isRefused) return <Failure error={error} action={ways} />;
    if (error) return <Failure error={error} retry={reload} />;
    if (isPending) return <Loading />;
    if (rows.length === 0) {
      return isFiltered ? (
        <Empty title="Nothing matches" action={clear}>
          No row fulfils every condition.
        </Empty>
      ) : (
        <Empty title={empty.title}>{empty.text}</Empty>
      );
    }
    return isNarrow ? (
      <Cards label={title} rows={rows} columns={columns} pathOf={pathOf} onOpen={onOpen} />
    ) : (
      <Table
        label={title}
        rows={rows}
        columns={shown}
        sort={address.sort}
        onSort={setSort}
        pathOf={pathOf}
        onOpen={onOpen}
        selection={bulk ? selection : null}
      />
    );
  };
  return (
    <Root ref={root}>
      <Head>
        <Typography variant="h1" sx={{ mr: 'auto' }}>
          {title}
        </Typography>
        <Actions>
          {actions?.(listing)}
          {!isNarrow && <ColumnsMenu columns={columns} shown={shown} onChoose={setChosen} />}
          <Tooltip title="Load the newest">
            <IconButton aria-label="Load the newest" onClick={reload}>
              <RefreshIcon />
            </IconButton>
          </Tooltip>
        </Actions>
      </Head>
      <Bars>
        {views.length > 0 && <Views resource={resource} usual={views} filter={address.filter} onChoose={setFilter} />}
        {fields.length > 0 && <FilterBar fields={fields} filter={address.filter} onChange={setFilter} />}
      </Bars>
      <Told>
        <Outdated />
        {!listing.isFilterWhole && (
          <Notice kind="warn">
            Not all of the filter in this address can be read: there may be more rows than it meant.
          </Notice>
        )}
      </Told>
      {newCount > 0 && (
        <NewRows>
          <Button variant="contained" color="primary" startIcon={<ArrowUpwardIcon />} onClick={reload}>
            {newCount} new
          </Button>
        </NewRows>
      )}
      <Body aria-busy={isChanging}>{content()}</Body>
      {bulk && selection.ids.size > 0 && (
        <Picked role="region" aria-label="Selected rows">
          {selection.ids.size} selected
          {bulk({ ids: [...selection.ids], filter: address.filter, onDone: selection.clear })}
          <Button variant="text" onClick={selection.clear}>
            Clear
          </Button>
        </Picked>
      )}
      {!isPending && !error && <Pager listing={listing} />}
    </Root>
  );
}
