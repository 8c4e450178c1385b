import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useId } from 'react';

interface ActButtonProps {
  readonly label: string;
  /** Why it cannot be done now; null where it can. */
  readonly obstacle: string | null;
  /** Of a button that stays pressed, whether it is. */
  readonly isPressed?: boolean;
  readonly onClick: () => void;
}

/** The button of an act. What cannot be done now is reached all the same, and says why to whoever sees, hears or points. */
export function ActButton({ label, obstacle, isPressed, onClick }: ActButtonProps) {
  const why = useId();
  const isOpen = obstacle === null;
  return (
    <>
      <Tooltip title={obstacle ?? ''} describeChild>
        <Button
          aria-disabled={isOpen ? undefined : true}
          aria-describedby={isOpen ? undefined : why}
          aria-pressed={isPressed}
          onClick={isOpen ? onClick : undefined}
        >
          {label}
        </Button>
      </Tooltip>
      {obstacle !== null && (
        <span id={why} hidden>
          {obstacle}
        </span>
      )}
    </>
  );
}
