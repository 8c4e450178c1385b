import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { styled } from '@mui/material/styles';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { Problem } from './Notice';
import { Sentences } from './Sentences';
import { TextInput } from './TextInput';
import { useAct } from './use-act';

const Form = styled('form')({ display: 'contents' });
interface ActDialogProps {
  readonly title: string;
  /** On the button. */
  readonly label: string;
  /** What will happen, sentence by sentence. */
  readonly explanation?: readonly string[];
  /** It cannot be undone. */
  readonly isFinal?: boolean;
  /** Whether the audit log is told why. */
  readonly asksWhy?: boolean;
  readonly children?: ReactNode;
  /** Does it; what it throws is shown. */
  readonly onDo: (reason: string | null) => Promise<void>;
  readonly onClose: () => void;
}

/** Says what will happen before it happens, asks for what is needed, and has it done. */
export function ActDialog({
  title,
  label,
  explanation = [],
  isFinal = false,
  asksWhy = true,
  children,
  onDo,
  onClose,
}: ActDialogProps) {
  const id = useId();
  const [reason, setReason] = useState('');
  const { run, isBusy, error } = useAct(() => onDo(reason.trim() === '' ? null : reason.trim()));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={id}>
      <Form onSubmit={submit}>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          {explanation.length > 0 && <Sentences sentences={explanation} />}
          {children}
          {asksWhy && (
            <TextInput
              label="Why (for the audit log)"
              value={reason}
              onChange={setReason}
              attributes={{ maxLength: 500 }}
            />
          )}
          <Problem error={error} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" color={isFinal ? 'error' : 'primary'} disabled={isBusy}>
            {label}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
