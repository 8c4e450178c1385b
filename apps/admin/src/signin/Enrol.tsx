import Button from '@mui/material/Button';
import { useLogout, useRefresh } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { forget } from '../session/session';
import { Frame } from './Frame';
import { SecondFactorSetup } from './SecondFactorSetup';

/** For whoever may do nothing else before there is a second factor. */
export function Enrol() {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const logout = useLogout();
  return (
    <Frame title="Set up your second factor">
      <SecondFactorSetup
        onDone={() => {
          // What one may do is another thing now.
          forget();
          refresh();
          void navigate('/');
        }}
      />
      <Button variant="text" onClick={() => void logout()}>
        Sign out
      </Button>
    </Frame>
  );
}
