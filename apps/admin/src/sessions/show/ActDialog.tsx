import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { styled } from '@mui/material/styles';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { act } from '../../providers/acts';
import { Problem } from '../../ui/Notice';
import { TextInput } from '../../ui/TextInput';
import { useAct } from '../../ui/use-act';
import type { SessionStory } from '../types';
import type { SessionAct } from './acts';

const Steps = styled('ul')({ margin: 0, paddingLeft: 18, display: 'grid', gap: 6 });

interface ActDialogProps {
  readonly session: SessionStory;
  readonly wanted: SessionAct;
  readonly onClose: () => void;
}

/** Says what an act will do, asks why, and does it. */
export function ActDialog({ session, wanted, onClose }: ActDialogProps) {
  const notify = useNotify();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const { run, isBusy, error } = useAct(async () => {
    const body = reason.trim() === '' ? {} : { reason: reason.trim() };
    try {
      await act({ resource: 'sessions', id: session.id, act: wanted.path, body });
      notify(wanted.done, { type: 'success' });
      onClose();
    } finally {
      // Also after a refusal: somebody else may have been faster.
      await client.invalidateQueries({ queryKey: ['sessions'] });
    }
  });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="act-title">
      <DialogTitle id="act-title">{`${wanted.label}?`}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2 }}>
        <Steps>
          {wanted.explain(session).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </Steps>
        <TextInput
          label="Why (for the audit log)"
          value={reason}
          onChange={setReason}
          attributes={{ maxLength: 500 }}
          autoFocus
        />
        <Problem error={error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="contained"
          color={wanted.isFinal ? 'error' : 'primary'}
          disabled={isBusy}
          onClick={() => void run()}
        >
          {wanted.label}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
