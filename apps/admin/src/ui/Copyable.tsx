import CheckIcon from '@mui/icons-material/Check';
import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { useEffect, useState, type ReactNode } from 'react';
import { MONO } from '../theme/tokens';

const Root = styled('span')({ display: 'inline-flex', alignItems: 'center', gap: 4, minWidth: 0, maxWidth: '100%' });

const Text = styled('span')({
  fontFamily: MONO,
  fontSize: 12,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
});

const WHOLE = { whiteSpace: 'normal', overflowWrap: 'anywhere' } as const;

const WORDS = { fontFamily: 'inherit', fontSize: 'inherit' } as const;

/** Where nothing hovers there is room for the button, as rows are cards. */
const Quiet = styled(Root)(({ theme }) => ({
  '@media (hover: hover)': {
    position: 'relative',
    minWidth: 24,
    '& > button': {
      position: 'absolute',
      right: 0,
      top: '50%',
      marginTop: -12,
      opacity: 0,
      background: theme.tokens.surface,
      '&:hover': { background: theme.tokens.surface },
    },
    '&:hover > button, & > button:focus-visible': { opacity: 1 },
  },
}));

const CopyButton = styled('button')(({ theme }) => ({
  display: 'inline-flex',
  flex: 'none',
  alignItems: 'center',
  justifyContent: 'center',
  width: 24,
  height: 24,
  margin: '-4px 0',
  padding: 0,
  border: 0,
  borderRadius: 5,
  background: 'none',
  color: theme.tokens.soft,
  cursor: 'pointer',
  '&:hover': { background: theme.tokens.hover, color: theme.tokens.ink },
  '& svg': { fontSize: 14 },
}));

/** How long the tick stays that says it was copied. */
const SHOWN_MS = 1_500;

/** A button that copies `text`. `name` says what that is: "Copy session id". */
export function Copy({ text, name }: { readonly text: string; readonly name: string }) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setDone(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isDone]);
  const label = isDone ? 'Copied' : `Copy ${name}`;
  return (
    <Tooltip title={label}>
      <CopyButton
        type="button"
        aria-label={label}
        onClick={(event) => {
          event.preventDefault();
          event.stopPropagation();
          void navigator.clipboard.writeText(text).then(() => setDone(true));
        }}
      >
        {isDone ? <CheckIcon /> : <ContentCopyIcon />}
      </CopyButton>
    </Tooltip>
  );
}

interface CopyableProps {
  /** What is copied, and shown where `children` do not say otherwise. */
  readonly text: string;
  readonly name: string;
  /** Told on hover; the text itself where nothing else is said. */
  readonly title?: string;
  /** Goes on below rather than being cut. */
  readonly isWhole?: boolean;
  /** What is shown is what people call it. */
  readonly isWords?: boolean;
  /** For dense lists: the button comes with the pointer or the keyboard, and takes no room. */
  readonly isQuiet?: boolean;
  readonly children?: ReactNode;
}

/** An id or another text for machines, and the button that copies it. Cut at the end where there is no room. */
export function Copyable({
  text,
  name,
  title = text,
  isWhole = false,
  isWords = false,
  isQuiet = false,
  children,
}: CopyableProps) {
  const Around = isQuiet ? Quiet : Root;
  return (
    <Around>
      <Text title={title} style={{ ...(isWhole ? WHOLE : {}), ...(isWords ? WORDS : {}) }}>
        {children ?? text}
      </Text>
      <Copy text={text} name={name} />
    </Around>
  );
}

/** An id where the eye needs to tell it from others only: its kind and its last letters, `sid_…7f3kq2`. */
export const shortId = (id: string): string => id.replace(/^([a-z]+_)\w*(\w{6})$/, '$1…$2');
