import { styled } from '@mui/material/styles';
import { MONO } from '../../theme/tokens';
import { IdLink } from '../../ui/IdLink';
import { Time } from '../../ui/Time';
import { StatusPill } from '../StatusPill';
import type { SessionStory, StoryEvent } from '../types';
import { flat } from './differences';
import { isId } from './ids';
import { useActorNames } from './use-actor-names';
import { actorWords, eventWords } from './words';

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
  const nameOf = useActorNames(session);
  return (
    <List>
      {session.timeline.map((event) => (
        <li key={event.seq}>
          <Time at={event.at} as="clock" />
          <span>{eventWords(event.type)}</span>
          {event.from === event.to ? <span /> : <StatusPill status={event.to} />}
          <Data event={event} actorName={nameOf(event.actor)} hasAttempt={hasSeveral} />
        </li>
      ))}
    </List>
  );
}

interface DataProps {
  readonly event: StoryEvent;
  /** What whoever acted is called; null where that is not known. */
  readonly actorName: string | null;
  readonly hasAttempt: boolean;
}

function Data({ event, actorName, hasAttempt }: DataProps) {
  const { actor } = event;
  return (
    <div className="data">
      <span>
        by <Value text={actor} name="actor" words={actorName ?? actorWords(actor)} />
      </span>
      {hasAttempt && <span>attempt {event.attempt}</span>}
      {[...flat(event.data)].map(([name, value]) => (
        <span key={name}>
          {name} <Value text={value} name={name} />
        </span>
      ))}
    </div>
  );
}

interface ValueProps {
  readonly text: string;
  /** What it is, for the button that copies it. */
  readonly name: string;
  /** What is shown of an id. */
  readonly words?: string | undefined;
}

/** An id leads to what it names, where that has a screen, and can be copied; any other text is as it came. */
const Value = ({ text, name, words }: ValueProps) =>
  isId(text) ? (
    <IdLink id={text} name={name} isWords={words !== undefined} isWhole>
      {words}
    </IdLink>
  ) : (
    <code>{text}</code>
  );
