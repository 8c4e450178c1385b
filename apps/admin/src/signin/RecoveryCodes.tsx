import DownloadIcon from '@mui/icons-material/Download';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { MONO } from '../theme/tokens';
import { Copy } from '../ui/Copyable';
import { Notice } from '../ui/Notice';

const Codes = styled('ol')(({ theme }) => ({
  listStyle: 'none',
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))',
  gap: '4px 16px',
  margin: 0,
  padding: '12px 14px',
  borderRadius: 8,
  background: theme.tokens.sunken,
  fontFamily: MONO,
  fontSize: 12.5,
}));

const Actions = styled('div')({ display: 'flex', alignItems: 'center', gap: 8 });

/** Recovery codes, which nobody will ever see again. */
export function RecoveryCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  const text = `${codes.join('\n')}\n`;
  return (
    <>
      <Notice kind="warn">
        Keep these codes where your telephone is not. Each lets you in once when you do not have your app. They are
        shown only now.
      </Notice>
      <Codes>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </Codes>
      <Actions>
        <Button
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="countersign-recovery-codes.txt"
          startIcon={<DownloadIcon />}
        >
          Save as a file
        </Button>
        <Copy text={text} name="recovery codes" />
      </Actions>
      <Button variant="contained" color="primary" onClick={onDone}>
        I have kept them
      </Button>
    </>
  );
}
