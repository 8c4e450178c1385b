import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import HelpIcon from '@mui/icons-material/Help';
import HourglassTopIcon from '@mui/icons-material/HourglassTop';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import type { Tone } from '../../theme/tokens';
import { Facts, type Fact } from '../../ui/Facts';
import { IdLink } from '../../ui/IdLink';
import { Notice } from '../../ui/Notice';
import { Pill } from '../../ui/Pill';
import { Time } from '../../ui/Time';
import type { SessionStory } from '../types';
import {
  ADVICE_WORDS,
  flowWords,
  LIABILITY_WORDS,
  STATUS_WORDS,
  TRANS_STATUS_REASONS,
  TRANS_STATUSES,
  wordFor,
} from '../words';
import { DECIDED_BY_WORDS, unavailableWords, waitsFor } from './words';

const Root = styled('section', { shouldForwardProp: (name) => name !== 'tone' })<{ tone: Tone }>(({ theme, tone }) => ({
  display: 'grid',
  gap: 14,
  padding: '16px 18px',
  borderRadius: 10,
  border: `1px solid ${theme.tokens.line}`,
  borderLeft: `4px solid ${theme.tokens.tones[tone].mark}`,
  background: theme.tokens.surface,
}));

const Sentence = styled('p', { shouldForwardProp: (name) => name !== 'tone' })<{ tone: Tone }>(({ theme, tone }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  gap: 10,
  margin: 0,
  fontSize: 16,
  fontWeight: 560,
  lineHeight: 1.4,
  letterSpacing: '-0.005em',
  '& svg': { fontSize: 21, marginTop: 1, flex: 'none', color: theme.tokens.tones[tone].mark },
}));

const SIGNS: Partial<Record<Tone, typeof CheckCircleIcon>> = {
  good: CheckCircleIcon,
  settled: CheckCircleIcon,
  bad: BlockIcon,
  info: HourglassTopIcon,
  busy: HourglassTopIcon,
};

/** How a session ended, what that means and what to do next; of an open one what it waits for. */
export function VerdictCard({ session }: { readonly session: SessionStory }) {
  const { status, verdict, refusal_code: refusal } = session;
  const { tone } = STATUS_WORDS[status];
  const Sign = SIGNS[tone] ?? HelpIcon;
  const text =
    refusal === null
      ? (verdict?.text ?? waitsFor(session))
      : `The request was turned away at creation: ${refusal.replaceAll('_', ' ')}.`;
  return (
    <Root tone={tone} aria-label="Verdict">
      <Sentence tone={tone}>
        <Sign /> {text}
      </Sentence>
      <Facts facts={factsOf(session)} />
      <Chain session={session} />
      <Replays session={session} />
      {session.is_past_deadline && (
        <Notice kind="warn">
          It should have ended <Time at={session.deadline_at} as="relative" />. It will end by itself within a minute;
          if it does not, see the <Link to="/system">system</Link>.
        </Notice>
      )}
    </Root>
  );
}

/** The sessions before and behind it. */
function Chain({ session }: { readonly session: SessionStory }) {
  const { retry_of: before, retried_as: behind, try_number: number } = session;
  if (before === null && behind === null) return null;
  return (
    <Notice kind="info">
      {before !== null && (
        <>
          Try {number}, in the place of an earlier session, <IdLink id={before} name="id of the earlier session" />
          .{' '}
        </>
      )}
      {behind !== null && (
        <>
          It was retried as a new session, <IdLink id={behind} name="id of the new session" />.
        </>
      )}
    </Notice>
  );
}

/** What it replays in the simulator, or what replays it. */
function Replays({ session: { reproduced_from: from, reproductions } }: { readonly session: SessionStory }) {
  if (from === null && reproductions.length === 0) return null;
  return (
    <Notice kind="info">
      {from !== null && (
        <>
          It replays another session, <IdLink id={from} name="id of the replayed session" />, in the simulator, with a
          test card.
        </>
      )}
      {reproductions.length > 0 && (
        <>
          Replayed in the simulator:{' '}
          {reproductions.map((id, at) => (
            <span key={id}>
              {at > 0 && ', '}
              <IdLink id={id} name="session id" />
            </span>
          ))}
          .
        </>
      )}
    </Notice>
  );
}

const coded = (code: string | null, names: Readonly<Record<string, string>>): string | null =>
  code === null ? null : `${code} · ${wordFor(names, code)}`;

function factsOf(session: SessionStory): readonly Fact[] {
  const { verdict, trans_status: letter, trans_status_reason: why, eci } = session;
  const liability = verdict && LIABILITY_WORDS[verdict.liability_shift];
  return [
    ['Liability', liability && <Pill tone={liability.tone}>{liability.label}</Pill>],
    ['What to do next', verdict && ADVICE_WORDS[verdict.advice]],
    ['Decided by', verdict && DECIDED_BY_WORDS[verdict.decided_by]],
    ['transStatus', coded(letter, TRANS_STATUSES)],
    ['Reason', coded(why, TRANS_STATUS_REASONS)],
    ['Why unavailable', unavailableWords(session)],
    ['ECI', eci],
    ['Challenge', flowWords(session)],
    ['Ends at the latest', session.deadline_at && <Time at={session.deadline_at} as="relative" />],
  ];
}
