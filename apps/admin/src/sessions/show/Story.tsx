import { styled } from '@mui/material/styles';
import { MONO } from '../../theme/tokens';
import { Copyable } from '../../ui/Copyable';
import { Time } from '../../ui/Time';
import { StatusPill } from '../StatusPill';
import type { SessionStory, StoryEvent } from '../types';
import { flat } from './differences';
import { eventWords } from './words';

const List = styled('ol')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  fontSize: 13,
  '& > li': {
    display: 'grid',
    gridTemplateColumns: '104px minmax(0, 1fr) max-content',
    gap: '2px 14px',
    alignItems: 'baseline',
    padding: '9px 16px',
    borderTop: `1px solid ${theme.tokens.line}`,
  },
  '& > li:first-of-type': { borderTop: 0 },
  '& time': { fontFamily: MONO, fontSize: 12, color: theme.tokens.soft },
  '& .data': {
    gridColumn: '2 / -1',
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0 16px',
    color: theme.tokens.soft,
    fontSize: 12.5,
  },
  '& code': { color: theme.tokens.ink, overflowWrap: 'anywhere' },
  [theme.breakpoints.down('sm')]: {
    '& > li': { gridTemplateColumns: 'minmax(0, 1fr) max-content' },
    '& > li > time': { gridColumn: '1 / -1' },
    '& .data': { gridColumn: '1 / -1' },
  },
}));

/** Everything that happened, line by line. */
export function Story({ session }: { readonly session: SessionStory }) {
  const hasSeveral = session.attempts > 1;
  return (
    <List>
      {session.timeline.map((event) => (
        <li key={event.seq}>
          <Time at={event.at} as="clock" />
          <span>{eventWords(event.type)}</span>
          {event.from === event.to ? <span /> : <StatusPill status={event.to} />}
          <Data event={event} hasAttempt={hasSeveral} />
        </li>
      ))}
    </List>
  );
}

function Data({ event, hasAttempt }: { readonly event: StoryEvent; readonly hasAttempt: boolean }) {
  const isWireId = /^[a-z]{2,4}_\w{26}$/.test(event.actor);
  return (
    <div className="data">
      <span>by {isWireId ? <Copyable text={event.actor} name="actor" /> : <code>{event.actor}</code>}</span>
      {hasAttempt && <span>attempt {event.attempt}</span>}
      {[...flat(event.data)].map(([name, value]) => (
        <span key={name}>
          {name} <code>{value}</code>
        </span>
      ))}
    </div>
  );
}
