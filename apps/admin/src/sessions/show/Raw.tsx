import { styled } from '@mui/material/styles';
import { NARROW } from '../../theme/theme';
import { Copy } from '../../ui/Copyable';

const Root = styled('div')(({ theme }) => ({
  position: 'relative',
  '& pre': {
    margin: 0,
    padding: 16,
    maxHeight: '70vh',
    overflow: 'auto',
    fontSize: 12,
    lineHeight: 1.5,
    background: theme.tokens.sunken,
    borderRadius: '0 0 10px 10px',
    [theme.breakpoints.down(NARROW)]: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  },
  '& > div': { position: 'absolute', top: 12, right: 16 },
}));

/** Everything as the API told it. */
export function Raw({ value }: { readonly value: unknown }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <Root>
      <pre tabIndex={0} aria-label="The session as JSON">
        {text}
      </pre>
      <div>
        <Copy text={text} name="JSON" />
      </div>
    </Root>
  );
}
