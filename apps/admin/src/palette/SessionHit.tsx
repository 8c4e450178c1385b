import { styled } from '@mui/material/styles';
import { money } from '../format/money';
import { Card } from '../sessions/Card';
import { StatusPill } from '../sessions/StatusPill';
import type { SessionLine } from '../sessions/types';
import { shortId } from '../ui/Copyable';
import { Time } from '../ui/Time';

// What it is called by comes first: on a telephone the rest goes below it.
const Root = styled('span')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  minWidth: 0,
  width: '100%',
  '& > small': { marginLeft: 'auto', color: theme.tokens.soft, flex: 'none' },
  '& > span:nth-of-type(2)': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  [theme.breakpoints.down('sm')]: {
    flexWrap: 'wrap',
    gap: '2px 10px',
    '& > span:nth-of-type(2)': { order: -1, flexBasis: '100%' },
  },
}));

/** A session that was found, in one line. */
export function SessionHit({ session }: { readonly session: SessionLine }) {
  const { id, status, amount, currency, reference, created_at, scheme, last_four } = session;
  return (
    <Root>
      <StatusPill status={status} />
      <span>
        {reference ?? shortId(id)} · {money({ amountMinor: amount, currency })} ·{' '}
        <Card session={{ scheme, bin: null, last_four }} />
      </span>
      <small>
        <Time at={created_at} />
      </small>
    </Root>
  );
}
