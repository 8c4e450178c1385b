import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';
import { useKept } from '../session/kept-form';
import { Copyable } from './Copyable';
import { Facts } from './Facts';
import { Notice } from './Notice';

interface SecretDialogProps {
  readonly title: string;
  /** What is told, by its name; each can be copied. */
  readonly told: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}

/** What is told once and never again. It closes by its button alone, so that nobody loses it by a click beside it. */
export function SecretDialog({ title, told, onClose }: SecretDialogProps) {
  const id = useId();
  useKept(true, 'told');
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <Notice kind="warn">Copy it now: it is shown this once, and nobody can look it up later.</Notice>
        <Facts
          facts={Object.entries(told).map(([name, text]) => [
            name,
            <Copyable key={name} text={text} name={name.toLowerCase()} isWhole />,
            'line',
          ])}
        />
      </DialogContent>
      <DialogActions>
        <Button variant="contained" color="primary" onClick={onClose}>
          I have kept it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
