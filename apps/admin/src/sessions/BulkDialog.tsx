import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefresh } from 'react-admin';
import { cancelJob, showJob, startJob, type Job } from '../providers/acts';
import { resolved, type ListFilter } from '../providers/list-query';
import { Check } from '../ui/Checks';
import { Problem } from '../ui/Notice';
import { TextInput } from '../ui/TextInput';
import { useAct } from '../ui/use-act';
import { BULK_ACTS, type BulkAct } from './bulk-acts';
import { JobProgress } from './JobProgress';

/** So often a job is asked how far it is. */
const ASK_MS = 1_000;

interface BulkDialogProps {
  readonly act: BulkAct;
  readonly ids: readonly string[];
  readonly filter: ListFilter;
  /** Whether it was begun. */
  readonly onClose: (isBegun: boolean) => void;
}

/** Says what will happen with many sessions, has it done, and shows how far it is. */
export function BulkDialog({ act, ids, filter, onClose }: BulkDialogProps) {
  const { label, explanation } = BULK_ACTS[act];
  const refresh = useRefresh();
  const [reason, setReason] = useState('');
  const [isAll, setAll] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [started, setStarted] = useState<Job | null>(null);
  const start = useAct(async () => {
    const choice = isAll ? { filter: resolved(filter, new Date()) } : { ids };
    setStarted(await startJob({ act, ...choice, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }, key));
  });
  const cancel = useAct(async () => {
    if (started) await cancelJob(started.id);
  });
  const { data: job = started, error: lost } = useQuery({
    queryKey: ['jobs', started?.id],
    queryFn: ({ signal }) => showJob(started?.id ?? '', signal),
    enabled: started !== null,
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : ASK_MS),
  });
  const close = (): void => {
    if (started) refresh();
    onClose(started !== null);
  };
  /** Another wish needs a key of its own. */
  const choose = (all: boolean): void => {
    setAll(all);
    setKey(crypto.randomUUID());
  };
  const count = ids.length === 1 ? '1 session' : `${ids.length} sessions`;
  const isRunning = job?.state === 'running';
  return (
    <Dialog open onClose={close} fullWidth maxWidth="xs" aria-labelledby="bulk-title">
      <DialogTitle id="bulk-title">{`${label}: ${isAll ? 'all that match' : count}`}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        {job ? (
          <JobProgress job={job} />
        ) : (
          <>
            <div>{explanation}</div>
            <Check label="All that match the filter, on every page" isChecked={isAll} onChange={choose} />
            <TextInput
              label="Why (for the audit log)"
              value={reason}
              onChange={setReason}
              attributes={{ maxLength: 500 }}
              autoFocus
            />
          </>
        )}
        <Problem error={start.error ?? cancel.error ?? lost} />
      </DialogContent>
      <DialogActions>
        {isRunning && (
          <Button color="error" disabled={cancel.isBusy} onClick={() => void cancel.run()}>
            Cancel the rest
          </Button>
        )}
        <Button onClick={close}>{started ? 'Close' : 'Cancel'}</Button>
        {!started && (
          <Button variant="contained" color="primary" disabled={start.isBusy} onClick={() => void start.run()}>
            {label}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
