import { styled } from '@mui/material/styles';
import { Pill } from '../ui/Pill';

const Short = styled('span')(({ theme }) => ({
  padding: '1px 5px',
  borderRadius: 5,
  background: theme.tokens.tones.info.ground,
  color: theme.tokens.tones.info.ink,
  fontSize: 11,
}));

const WORDS = 'Demo data';

/** Tells made-up sessions from those that were; short where there is little room. */
export function DemoMark({ isShort = false }: { readonly isShort?: boolean }) {
  return isShort ? <Short title={WORDS}>Demo</Short> : <Pill tone="info">{WORDS}</Pill>;
}
