import { styled } from '@mui/material/styles';
import type { SessionLine } from './types';
import { SHORT_SCHEME_NAMES, wordFor } from './words';

const Root = styled('span')(({ theme }) => ({
  whiteSpace: 'nowrap',
  '& > span': { color: theme.tokens.soft },
}));

type CardFacts = Pick<SessionLine, 'scheme' | 'bin' | 'last_four'>;

/** A card as far as it may be shown: scheme, BIN and last four. */
export function Card({ session: { scheme, bin, last_four } }: { readonly session: CardFacts }) {
  const name = scheme === null ? '' : wordFor(SHORT_SCHEME_NAMES, scheme);
  if (bin === null && last_four === null) return <Root>{name}</Root>;
  return (
    <Root>
      {name} <span>{bin}</span> ···· {last_four}
    </Root>
  );
}
