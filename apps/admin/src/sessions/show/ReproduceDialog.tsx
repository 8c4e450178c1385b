import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useKept } from '../../session/kept-form';
import { Facts } from '../../ui/Facts';
import { Notice, Problem } from '../../ui/Notice';
import { Sentences } from '../../ui/Sentences';
import { Loading } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { useAct } from '../../ui/use-act';
import { StatusPill } from '../StatusPill';
import type { SessionStory } from '../types';
import { explainReproduction, reproduceSession, type Reproduced, type ReproductionPlan } from './reproduce';

interface ReproduceDialogProps {
  readonly session: SessionStory;
  readonly onClose: () => void;
}

/** Says what the simulator would replay of a session and what not, has it done, and leads to what came of it. */
export function ReproduceDialog({ session, onClose }: ReproduceDialogProps) {
  const { id } = session;
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  useKept(reason !== '');
  const [key] = useState(() => crypto.randomUUID());
  const [done, setDone] = useState<Reproduced | null>(null);
  const { data: plan, error: lost } = useQuery({
    queryKey: ['sessions', 'reproduce', id],
    queryFn: ({ signal }) => explainReproduction(id, signal),
    enabled: done === null,
    gcTime: 0,
  });
  const { run, isBusy, error } = useAct(async () => {
    const why = reason.trim();
    setDone(await reproduceSession(id, why === '' ? null : why, key));
    await client.invalidateQueries({ queryKey: ['sessions'] });
  });
  const isPossible = plan?.kind === 'replay';
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="reproduce-title">
      <DialogTitle id="reproduce-title">
        {done ? 'It was replayed in the simulator' : 'Reproduce in the simulator?'}
      </DialogTitle>
      <DialogContent>
        {done ? (
          <Outcome session={session} reproduced={done} />
        ) : plan ? (
          <>
            <Explanation plan={plan} />
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
            Reproduce
          </Button>
        )}
        {done && (
          <Button
            variant="contained"
            color="primary"
            component={Link}
            to={`/sessions/${done.session_id}`}
            onClick={onClose}
          >
            Open the reproduction
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Explanation({ plan: { kind, explanation, differences } }: { readonly plan: ReproductionPlan }) {
  if (kind === 'not_possible') return <Notice kind="info">{explanation.join(' ')}</Notice>;
  return (
    <>
      <Sentences sentences={explanation} />
      <Typography variant="h3">What is not as it was</Typography>
      <Sentences sentences={differences} />
    </>
  );
}

function Outcome({ session, reproduced }: { readonly session: SessionStory; readonly reproduced: Reproduced }) {
  const isSame =
    session.status === reproduced.status &&
    session.trans_status === reproduced.trans_status &&
    session.trans_status_reason === reproduced.trans_status_reason;
  const isOpen = reproduced.status === 'processing';
  return (
    <>
      {isOpen ? (
        <Notice kind="info">The simulator’s answer is awaited; its page shows how it ends.</Notice>
      ) : (
        <Notice kind={isSame ? 'good' : 'warn'}>
          {isSame ? 'It ended as this session did.' : 'It ended otherwise than this session. Compare the two.'}
        </Notice>
      )}
      <Facts
        facts={[
          ['Status', <StatusPill key="status" status={reproduced.status} />],
          ['transStatus', reproduced.trans_status],
          ['Reason', reproduced.trans_status_reason],
        ]}
      />
    </>
  );
}
