import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useLocation } from 'react-router-dom';
import { goToProvider } from '../session/provider';
import { keepWanted } from '../session/wanted';
import { Notice } from '../ui/Notice';
import { useAct } from '../ui/use-act';
import { proofProblem } from './words';

const Or = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  fontSize: 13,
  color: theme.tokens.soft,
  '&::before, &::after': { content: '""', flex: 1, borderTop: `1px solid ${theme.tokens.line}` },
}));

interface ProviderButtonProps {
  readonly name: string;
  /** Whether something follows that one can do instead. */
  readonly isOneOfTwo: boolean;
}

/** The way to the identity provider. */
export function ProviderButton({ name, isOneOfTwo }: ProviderButtonProps) {
  const location = useLocation();
  const { run, isBusy, error } = useAct(async () => {
    keepWanted(location.state);
    await goToProvider();
  });
  const problem = proofProblem(error);
  return (
    <>
      {problem !== null && <Notice kind="bad">{problem}</Notice>}
      <Button variant="contained" color="primary" disabled={isBusy} onClick={() => void run()} fullWidth>
        Sign in with {name}
      </Button>
      {isOneOfTwo && <Or>or</Or>}
    </>
  );
}
