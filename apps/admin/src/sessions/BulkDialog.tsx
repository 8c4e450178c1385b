import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefresh } from 'react-admin';
import { bulkAct, showJob, type Job } from '../providers/acts';
import { Notice, Problem } from '../ui/Notice';
import { TextInput } from '../ui/TextInput';
import { useAct } from '../ui/use-act';
import { BULK_ACTS, type BulkAct } from './bulk-acts';

/** So often a job is asked how far it is. */
const ASK_MS = 1_000;

interface BulkDialogProps {
  readonly act: BulkAct;
  readonly ids: readonly string[];
  /** Whether it was done. */
  readonly onClose: (isDone: boolean) => void;
}

/** Says what will happen with many sessions, has it done, and shows how far it is. */
export function BulkDialog({ act, ids, onClose }: BulkDialogProps) {
  const { label, explanation } = BULK_ACTS[act];
  const refresh = useRefresh();
  const [reason, setReason] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const [started, setStarted] = useState<Job | null>(null);
  const { run, isBusy, error } = useAct(async () => {
    setStarted(
      await bulkAct('sessions', act, { ids, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }, key),
    );
  });
  const { data: job = started, error: lost } = useQuery({
    queryKey: ['jobs', started?.id],
    queryFn: ({ signal }) => showJob(started?.id ?? '', signal),
    enabled: started !== null,
    refetchInterval: ({ state }) => (isOver(state.data) ? false : ASK_MS),
  });
  const close = (): void => {
    if (started) refresh();
    onClose(started !== null);
  };
  const count = ids.length === 1 ? '1 session' : `${ids.length} sessions`;
  return (
    <Dialog open onClose={close} fullWidth maxWidth="xs" aria-labelledby="bulk-title">
      <DialogTitle id="bulk-title">{`${label}: ${count}`}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        {job ? (
          <Progress job={job} />
        ) : (
          <>
            <div>{explanation}</div>
            <TextInput
              label="Why (for the audit log)"
              value={reason}
              onChange={setReason}
              attributes={{ maxLength: 500 }}
              autoFocus
            />
          </>
        )}
        <Problem error={error ?? lost} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{started ? 'Close' : 'Cancel'}</Button>
        {!started && (
          <Button variant="contained" color="primary" disabled={isBusy} onClick={() => void run()}>
            {label}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

const isOver = (job: Job | undefined): boolean => job?.status === 'done' || job?.status === 'failed';

function Progress({ job }: { readonly job: Job }) {
  const { status, total, done, failed } = job;
  return (
    <>
      <LinearProgress
        variant="determinate"
        value={total === 0 ? 100 : ((done + failed) / total) * 100}
        aria-label="How far it is"
        color={status === 'failed' ? 'error' : 'primary'}
      />
      <div role="status">
        {done + failed} of {total} done{status === 'done' ? '.' : ' …'}
      </div>
      {failed > 0 && <Notice kind="warn">{failed} could not be done: their state did not allow it any more.</Notice>}
    </>
  );
}
