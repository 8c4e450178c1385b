import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { perform } from '../../providers/acts';
import { useMay, useMe } from '../../session/me';
import { ActButton } from '../../ui/ActButton';
import { ActDialog } from '../../ui/ActDialog';
import type { Given } from '../../ui/given';
import type { SessionStory } from '../types';
import { SIMPLE_ACTS, type SessionAct } from './acts';
import { ReproduceDialog } from './ReproduceDialog';
import { RetryDialog } from './RetryDialog';

/** What can be done to a session; what cannot be done now says why. */
export function Acts({ session }: { readonly session: SessionStory }) {
  const mayAct = useMay('sessions.act');
  const notify = useNotify();
  const client = useQueryClient();
  const [wanted, setWanted] = useState<SessionAct | null>(null);
  const [retries, setRetries] = useState(false);
  const [reproduces, setReproduces] = useState(false);
  const hasSimulator = useMe()?.features.includes('simulator') === true;
  const carryOut = async ({ path, done }: SessionAct, given: Given): Promise<void> => {
    try {
      await perform(`POST sessions/{id}/${path}`, given, { path: { id: session.id } });
    } finally {
      // Also after a refusal: somebody else may have been faster.
      await client.invalidateQueries({ queryKey: ['sessions'] });
    }
    notify(done, { type: 'success' });
    setWanted(null);
  };
  if (!mayAct) return null;
  return (
    <>
      {SIMPLE_ACTS.map((one) => {
        const state = session.acts[one.name];
        if (!state) return null;
        return (
          <ActButton
            key={one.name}
            label={one.label}
            obstacle={state.allowed ? null : (state.why ?? 'This cannot be done now.')}
            onClick={() => setWanted(one)}
          />
        );
      })}
      <Button onClick={() => setRetries(true)}>Retry</Button>
      {hasSimulator && <Button onClick={() => setReproduces(true)}>Reproduce</Button>}
      {reproduces && <ReproduceDialog session={session} onClose={() => setReproduces(false)} />}
      {retries && <RetryDialog id={session.id} onClose={() => setRetries(false)} />}
      {wanted && (
        <ActDialog
          title={`${wanted.label}?`}
          label={wanted.label}
          explanation={wanted.explain(session)}
          isFinal={wanted.isFinal ?? false}
          onDo={(given) => carryOut(wanted, given)}
          onClose={() => setWanted(null)}
        />
      )}
    </>
  );
}
