import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useKept } from '../../session/kept-form';
import { Copyable } from '../../ui/Copyable';
import { Facts } from '../../ui/Facts';
import { Notice, Problem } from '../../ui/Notice';
import { Sentences } from '../../ui/Sentences';
import { Loading } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { Time } from '../../ui/Time';
import { useAct } from '../../ui/use-act';
import { explainRetry, LINK_LIVES, retrySession, type Retried, type RetryPlan } from './retry';

interface RetryDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Screen 4: says what trying a session again will do, has it done, and hands over the link. */
export function RetryDialog({ id, onClose }: RetryDialogProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState<number | null>(null);
  const [key] = useState(() => crypto.randomUUID());
  const [done, setDone] = useState<Retried | null>(null);
  useKept(reason !== '' || done !== null, done === null ? 'typed' : 'told');
  const { data: plan, error: lost } = useQuery({
    queryKey: ['sessions', 'retry', id],
    queryFn: ({ signal }) => explainRetry(id, signal),
    enabled: done === null,
    gcTime: 0,
  });
  const life = plan?.link_hours ? (hours ?? plan.link_hours.usual) : null;
  const { run, isBusy, error } = useAct(async () => {
    const why = reason.trim();
    const body = { ...(life === null ? {} : { link_hours: life }), ...(why === '' ? {} : { reason: why }) };
    try {
      setDone(await retrySession(id, body, key));
    } finally {
      // Also after a refusal: somebody else may have been faster.
      await client.invalidateQueries({ queryKey: ['sessions'] });
    }
  });
  const isPossible = plan !== undefined && plan.kind !== 'not_possible';
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="retry-title">
      <DialogTitle id="retry-title">{done ? DONE[done.kind] : 'Retry this session?'}</DialogTitle>
      <DialogContent>
        {done ? (
          <Outcome retried={done} />
        ) : plan ? (
          <>
            <Explanation plan={plan} />
            {life !== null && <LinkLife hours={life} onChange={setHours} />}
            {isPossible && (
              <TextInput
                label="Why (for the audit log)"
                value={reason}
                onChange={setReason}
                attributes={{ maxLength: 500 }}
              />
            )}
          </>
        ) : (
          !lost && <Loading />
        )}
        <Problem error={error ?? lost} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{done || plan?.kind === 'not_possible' ? 'Close' : 'Cancel'}</Button>
        {isPossible && !done && (
          <Button variant="contained" color="primary" disabled={isBusy} onClick={() => void run()}>
            {LABELS[plan.kind]}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

const LABELS = { drive_on: 'Drive it on', new_session: 'Make a new session', not_possible: '' } as const;
const DONE = { drive_on: 'The session was driven on', new_session: 'A new session was made' } as const;

function Explanation({ plan: { kind, explanation, retried_as: next } }: { readonly plan: RetryPlan }) {
  if (kind === 'not_possible') {
    return (
      <Notice kind="info">
        {explanation.join(' ')} {next !== null && <Link to={`/sessions/${next}`}>Open it</Link>}
      </Notice>
    );
  }
  return <Sentences sentences={explanation} />;
}

function LinkLife({ hours, onChange }: { readonly hours: number; readonly onChange: (hours: number) => void }) {
  return (
    <TextField
      select
      id="link-life"
      label="The link can be used for"
      value={hours}
      onChange={({ target }) => onChange(Number(target.value))}
      fullWidth
    >
      {LINK_LIVES.map((life) => (
        <MenuItem key={life.hours} value={life.hours}>
          {life.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

function Outcome({
  retried: { kind, session_id: id, hosted_url: url, link_ends_at: end },
}: {
  readonly retried: Retried;
}) {
  return (
    <>
      {url === null ? (
        <Notice kind="good">What had come for it was taken in. Its page shows where it stands.</Notice>
      ) : (
        <Notice kind="warn">
          Send this link to the cardholder and to nobody else: whoever opens it acts for them.
        </Notice>
      )}
      <Facts
        facts={[
          ['Link', url && <Copyable text={url} name="link" isWhole />, 'line'],
          ['Can be used until', end && <Time at={end} as="full" />],
          ['Session', kind === 'new_session' && <Link to={`/sessions/${id}`}>Open the new session</Link>],
        ]}
      />
    </>
  );
}
