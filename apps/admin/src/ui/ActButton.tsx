import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { useId } from 'react';

const Pressed = styled(Button)(({ theme }) => {
  const still = { color: theme.palette.action.disabled, borderColor: theme.tokens.line, cursor: 'default' };
  return { '&[aria-disabled=true]': { ...still, '&:hover': { ...still, backgroundColor: theme.tokens.surface } } };
});

interface ActButtonProps {
  readonly label: string;
  /** Why it cannot be done now; null where it can. */
  readonly obstacle: string | null;
  readonly onClick: () => void;
}

/** The button of an act. What cannot be done now is reached all the same, and says why to whoever sees, hears or points. */
export function ActButton({ label, obstacle, onClick }: ActButtonProps) {
  const why = useId();
  const isOpen = obstacle === null;
  return (
    <>
      <Tooltip title={obstacle ?? ''} describeChild>
        <Pressed
          aria-disabled={isOpen ? undefined : true}
          aria-describedby={isOpen ? undefined : why}
          disableRipple={!isOpen}
          onClick={isOpen ? onClick : undefined}
        >
          {label}
        </Pressed>
      </Tooltip>
      {obstacle !== null && (
        <span id={why} hidden>
          {obstacle}
        </span>
      )}
    </>
  );
}
