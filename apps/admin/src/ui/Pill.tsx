import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { Tone } from '../theme/tokens';

const Root = styled('span', { shouldForwardProp: (name) => name !== 'tone' })<{ tone: Tone }>(({ theme, tone }) => {
  const { ink, ground, mark } = theme.tokens.tones[tone];
  return {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    maxWidth: '100%',
    padding: '1px 8px 1px 7px',
    borderRadius: 6,
    background: ground,
    color: ink,
    fontSize: 12,
    fontWeight: 560,
    lineHeight: '19px',
    whiteSpace: 'nowrap',
    '&::before': { content: '""', flex: 'none', width: 6, height: 6, borderRadius: '50%', background: mark },
  };
});

/** A state in a word or two, with its colour. */
export function Pill({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <Root tone={tone}>{children}</Root>;
}
