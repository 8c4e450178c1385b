import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefresh } from 'react-admin';
import { previewJob, showJob, startJob, type Job } from '../providers/acts';
import { resolved, type ListFilter } from '../providers/list-query';
import { useKept } from '../session/kept-form';
import { Check } from '../ui/Checks';
import { Notice, Problem } from '../ui/Notice';
import { TextInput } from '../ui/TextInput';
import { useAct } from '../ui/use-act';
import { BULK_ACTS, countOf, type BulkAct, type BulkActWords } from './bulk-acts';
import { CancelJob } from './CancelJob';
import { JobProgress } from './JobProgress';

/** So often a job is asked how far it is. */
const ASK_MS = 1_000;

interface BulkDialogProps {
  readonly act: BulkAct;
  /** Those that were picked; where none were, it is about all that match. */
  readonly ids: readonly string[];
  readonly filter: ListFilter;
  /** Whether it was begun. */
  readonly onClose: (isBegun: boolean) => void;
}

/** Says what will happen with many, has it done, and shows how far it is. */
export function BulkDialog({ act, ids, filter, onClose }: BulkDialogProps) {
  const { label, explanation, isFinal = false }: BulkActWords = BULK_ACTS[act];
  const refresh = useRefresh();
  const [reason, setReason] = useState('');
  useKept(reason !== '');
  const isOfPicked = ids.length > 0;
  const [isAll, setAll] = useState(!isOfPicked);
  // Relative times are what they were when the dialog was opened: what is told is what is done.
  const [matching] = useState(() => resolved(filter, new Date()));
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [started, setStarted] = useState<Job | null>(null);
  const start = useAct(async () => {
    const choice = isAll ? { filter: matching } : { ids };
    setStarted(await startJob({ act, ...choice, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }, key));
  });
  const { data: job = started, error: lost } = useQuery({
    queryKey: ['jobs', started?.id],
    queryFn: ({ signal }) => showJob(started?.id ?? '', signal),
    enabled: started !== null,
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : ASK_MS),
  });
  const preview = useQuery({
    queryKey: ['jobs', 'preview', act, matching],
    queryFn: ({ signal }) => previewJob({ act, filter: matching }, signal),
    enabled: isAll && started === null,
  });
  const found = preview.data;
  const isReady = !isAll || (found !== undefined && found.total > 0);
  const close = (): void => {
    if (started) refresh();
    onClose(started !== null);
  };
  /** Another wish needs a key of its own. */
  const choose = (all: boolean): void => {
    setAll(all);
    setKey(crypto.randomUUID());
  };
  return (
    <Dialog open onClose={close} fullWidth maxWidth="xs" aria-labelledby="bulk-title">
      <DialogTitle id="bulk-title">{`${label}: ${isAll ? 'all that match' : countOf(act, ids.length)}`}</DialogTitle>
      <DialogContent>
        {job ? (
          <JobProgress job={job} />
        ) : (
          <>
            <div>{explanation}</div>
            {isOfPicked && (
              <Check label="All that match the filter, on every page" isChecked={isAll} onChange={choose} />
            )}
            {isAll && (
              <Notice kind="info">
                {found ? `${countOf(act, found.total)} of ${merchantsOf(found.merchants.length)}` : 'Counting …'}
              </Notice>
            )}
            <TextInput
              label="Why (for the audit log)"
              value={reason}
              onChange={setReason}
              attributes={{ maxLength: 500 }}
              autoFocus
            />
          </>
        )}
        <Problem error={start.error ?? lost ?? (isAll ? preview.error : null)} />
      </DialogContent>
      <DialogActions>
        {job?.state === 'running' && <CancelJob id={job.id} />}
        <Button onClick={close}>{started ? 'Close' : 'Cancel'}</Button>
        {!started && (
          <Button
            variant="contained"
            color={isFinal ? 'error' : 'primary'}
            disabled={start.isBusy || !isReady}
            onClick={() => void start.run()}
          >
            {label}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

const merchantsOf = (count: number): string => (count === 1 ? '1 merchant' : `${count} merchants`);
