import ChevronLeftIcon from '@mui/icons-material/ChevronLeft';
import ChevronRightIcon from '@mui/icons-material/ChevronRight';
import FirstPageIcon from '@mui/icons-material/FirstPage';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';
import { NARROW } from '../theme/theme';
import type { Item } from './column';
import { LIMITS } from './list-address';
import type { Listing } from './use-listing';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  padding: '7px 24px',
  fontSize: 12.5,
  color: theme.tokens.soft,
  '& > nav': { display: 'flex', gap: 4, marginLeft: 'auto' },
  [theme.breakpoints.down(NARROW)]: { padding: '10px 16px' },
}));

/** The way to the pages beside this one. There are no numbers: nobody counts a million rows to know. */
export function Pager<Row extends Item>({ listing }: { readonly listing: Listing<Row> }) {
  const { rows, ends, address, goTo, setLimit } = listing;
  // At the end the button stays, so that the keyboard does too.
  const step = (label: string, icon: ReactNode, cursor: string | null, isPossible: boolean) => (
    <Tooltip title={label}>
      <IconButton
        aria-label={label}
        aria-disabled={isPossible ? undefined : true}
        onClick={isPossible ? () => goTo(cursor) : undefined}
      >
        {icon}
      </IconButton>
    </Tooltip>
  );
  return (
    <Root>
      <span>
        {rows.length} {rows.length === 1 ? 'row' : 'rows'}
      </span>
      <Select
        value={address.limit}
        onChange={({ target }) => setLimit(Number(target.value))}
        inputProps={{ 'aria-label': 'Rows per page' }}
        sx={{ fontSize: 12.5, '& .MuiSelect-select': { py: '3px' } }}
      >
        {LIMITS.map((limit) => (
          <MenuItem key={limit} value={limit}>
            {limit} a page
          </MenuItem>
        ))}
      </Select>
      <nav aria-label="Pages">
        {step('First page', <FirstPageIcon />, null, address.after !== undefined)}
        {step('Previous page', <ChevronLeftIcon />, ends.prev, ends.prev !== null)}
        {step('Next page', <ChevronRightIcon />, ends.next, ends.next !== null)}
      </nav>
    </Root>
  );
}
