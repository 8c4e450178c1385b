import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';

const Button = styled('button')({
  padding: 0,
  border: 0,
  background: 'none',
  color: 'inherit',
  font: 'inherit',
  textAlign: 'inherit',
  cursor: 'pointer',
});

interface OpenerProps {
  /** Where the row leads; null where it leads nowhere. */
  readonly path: string | null;
  /** Opens the row where it is. */
  readonly onOpen: (() => void) | null;
  readonly children: ReactNode;
}

/** What of a row is pressed, or has the keyboard, to open it. */
export function Opener({ path, onOpen, children }: OpenerProps) {
  if (path !== null) {
    return (
      <Link to={path} data-opener="">
        {children}
      </Link>
    );
  }
  if (!onOpen) return children;
  return (
    <Button type="button" data-opener="" aria-haspopup="dialog" onClick={onOpen}>
      {children}
    </Button>
  );
}
