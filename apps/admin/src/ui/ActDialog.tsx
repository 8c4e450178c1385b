import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { styled } from '@mui/material/styles';
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useLogoutIfAccessDenied } from 'react-admin';
import { isNothingDone, isRefusal } from '../providers/api-error';
import { useKept } from '../session/kept-form';
import { ChangedMeanwhile, type Editable } from './ChangedMeanwhile';
import { FormError } from './field-problem';
import type { Given } from './given';
import { Notice, Problem } from './Notice';
import { Sentences } from './Sentences';
import { TextInput } from './TextInput';
import { useAct } from './use-act';

const Form = styled('form')({ display: 'contents' });

/** A form may be longer than the window: what is wrong is brought into it, at the first field that has it, else at the end. */
function showProblem(content: HTMLElement | null): void {
  const field = content?.querySelector<HTMLElement>('[aria-invalid=true]');
  if (field) field.focus();
  else content?.scrollTo({ top: content.scrollHeight });
}

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
  /** Why it cannot be done as things are; null where it can. */
  readonly obstacle?: string | null;
  /** What it edits, as it is now: the act is about the version that was there when the dialog opened. */
  readonly of?: Editable;
  readonly children?: ReactNode;
  /** Does it; what it throws is shown. */
  readonly onDo: (given: Given) => Promise<void>;
  readonly onClose: () => void;
}

/** Says what will happen before it happens, asks for what is needed, and has it done. */
export function ActDialog({
  title,
  label,
  explanation = [],
  isFinal = false,
  asksWhy = true,
  obstacle = null,
  of,
  children,
  onDo,
  onClose,
}: ActDialogProps) {
  const id = useId();
  const leaveWhenEnded = useLogoutIfAccessDenied();
  useKept();
  const [reason, setReason] = useState('');
  const [seen, setSeen] = useState(of);
  const [isLoaded, setLoaded] = useState(false);
  const key = useRef(crypto.randomUUID());
  /** What is sent from now on is not the same again. */
  const nextIntent = (): void => {
    key.current = crypto.randomUUID();
  };
  const { run, isBusy, error } = useAct(async () => {
    const why = reason.trim();
    const about = isLoaded ? of : seen;
    setSeen(about);
    setLoaded(false);
    try {
      await onDo({ reason: why === '' ? null : why, version: about?.version ?? null, idempotencyKey: key.current });
    } catch (failure) {
      if (isNothingDone(failure)) nextIntent();
      void leaveWhenEnded(failure);
      throw failure;
    }
    nextIntent();
  });
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) showProblem(content.current);
  }, [error]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={id}>
      <Form onSubmit={submit}>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent ref={content}>
          {explanation.length > 0 && <Sentences sentences={explanation} />}
          <FormError value={error}>{children}</FormError>
          {obstacle !== null && <Notice kind="info">{obstacle}</Notice>}
          {asksWhy && (
            <TextInput
              label="Why (for the audit log)"
              value={reason}
              onChange={setReason}
              attributes={{ maxLength: 500 }}
            />
          )}
          {seen && of && isRefusal(error, 'changed_meanwhile') ? (
            <ChangedMeanwhile
              error={error}
              seen={seen}
              present={isLoaded ? of : null}
              label={label}
              onLoaded={() => setLoaded(true)}
            />
          ) : (
            <Problem error={error} />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="contained"
            color={isFinal ? 'error' : 'primary'}
            disabled={isBusy || obstacle !== null}
          >
            {label}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
