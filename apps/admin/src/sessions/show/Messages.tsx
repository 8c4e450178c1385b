import CallMadeIcon from '@mui/icons-material/CallMade';
import CallReceivedIcon from '@mui/icons-material/CallReceived';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { duration } from '../../format/time';
import { NARROW } from '../../theme/theme';
import { ActButton } from '../../ui/ActButton';
import { IdLink } from '../../ui/IdLink';
import { Notice } from '../../ui/Notice';
import { Empty } from '../../ui/states';
import { Time } from '../../ui/Time';
import type { Message, SessionStory } from '../types';
import { MessageTable } from './MessageTable';
import { useReference } from './use-reference';

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '228px minmax(0, 1fr)',
  [theme.breakpoints.down(NARROW)]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));

const Side = styled('div')(({ theme }) => ({
  padding: 8,
  borderRight: `1px solid ${theme.tokens.line}`,
  [theme.breakpoints.down(NARROW)]: {
    display: 'flex',
    overflowX: 'auto',
    borderRight: 0,
    borderBottom: `1px solid ${theme.tokens.line}`,
  },
}));

const Choice = styled('button')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '20px minmax(0, 1fr) auto',
  alignItems: 'center',
  gap: '0 8px',
  width: '100%',
  padding: '7px 10px',
  border: 0,
  borderRadius: 7,
  background: 'none',
  color: theme.tokens.ink,
  font: 'inherit',
  fontSize: 13,
  textAlign: 'left',
  cursor: 'pointer',
  '& svg': { fontSize: 15, color: theme.tokens.soft },
  '& b': { fontWeight: 560, overflowWrap: 'anywhere' },
  '& small': { gridColumn: '2 / -1', fontSize: 11.5, color: theme.tokens.soft },
  '& > span': { fontSize: 11.5, color: theme.tokens.soft },
  '&:hover': { background: theme.tokens.hover },
  '&[aria-pressed=true]': { background: theme.tokens.selected },
  [theme.breakpoints.down(NARROW)]: { width: 'auto', flex: 'none', '& small': { display: 'none' } },
}));

const Main = styled('div')({ minWidth: 0 });

const Bar = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  padding: '10px 16px',
  fontSize: 12.5,
  color: theme.tokens.soft,
  '& > span': { marginRight: 'auto' },
}));

/** Every protocol message and upstream call, explained, and held against one of a session that went well. */
export function Messages({ session }: { readonly session: SessionStory }) {
  const { messages } = session;
  const [chosen, setChosen] = useState(() => mostTelling(messages)?.seq);
  const [isCompared, setCompared] = useState(false);
  const { reference, isLoading } = useReference(session, isCompared);
  const message = messages.find(({ seq }) => seq === chosen) ?? messages[0];
  if (!message) return <Empty title="No messages">Nobody has been asked anything for this session.</Empty>;
  return (
    <Root>
      <Side role="group" aria-label="Messages">
        {messages.map((one) => (
          <MessageChoice key={one.seq} message={one} isChosen={one === message} onChoose={() => setChosen(one.seq)} />
        ))}
      </Side>
      <Main>
        <Bar>
          <span>
            {isCompared && reference && (
              <>
                held against <IdLink id={reference.id} name="id of the approved session" />, approved{' '}
                <Time at={reference.final_at} as="ago" />
              </>
            )}
          </span>
          <ActButton
            label={isCompared ? 'Stop comparing' : 'Compare with the last approved'}
            obstacle={session.bin === null ? 'No card is known, so there is nothing to compare with' : null}
            isPressed={isCompared}
            onClick={() => setCompared(!isCompared)}
          />
        </Bar>
        {isCompared && !isLoading && !reference && (
          <div style={{ padding: '0 16px 12px' }}>
            <Notice kind="info">There is no approved session of this BIN at this merchant to compare with.</Notice>
          </div>
        )}
        {message.problem !== null && (
          <div style={{ padding: '0 16px 12px' }}>
            <Notice kind="bad">{message.problem}</Notice>
          </div>
        )}
        <MessageTable
          message={message}
          other={isCompared ? (reference?.messages.find((one) => isAlike(one, message)) ?? null) : null}
        />
      </Main>
    </Root>
  );
}

/** The one to look at first: what went wrong, else what brought the result. */
const mostTelling = (messages: readonly Message[]): Message | undefined =>
  messages.findLast(({ problem }) => problem !== null) ??
  messages.findLast(({ direction, body }) => direction === 'received' && body !== null && 'transStatus' in body) ??
  messages.findLast(({ body }) => body !== null);

const isAlike = (one: Message, other: Message): boolean =>
  one.message_type === other.message_type && one.direction === other.direction;

interface MessageChoiceProps {
  readonly message: Message;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function MessageChoice({ message, isChosen, onChoose }: MessageChoiceProps) {
  const isSent = message.direction === 'sent';
  return (
    <Choice type="button" aria-pressed={isChosen} onClick={onChoose}>
      {isSent ? <CallMadeIcon titleAccess="sent" /> : <CallReceivedIcon titleAccess="received" />}
      <b>{message.message_type}</b>
      <span>{message.latency_ms === null ? '' : duration(message.latency_ms)}</span>
      <small>
        <Time at={message.at} as="clock" />
      </small>
    </Choice>
  );
}
