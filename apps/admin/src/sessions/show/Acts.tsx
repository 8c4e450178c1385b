import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useMay } from '../../session/me';
import type { SessionStory } from '../types';
import { ActDialog } from './ActDialog';
import { SIMPLE_ACTS, type SessionAct } from './acts';

/** What can be done to a session; what cannot be done now says why. */
export function Acts({ session }: { readonly session: SessionStory }) {
  const mayAct = useMay('sessions.act');
  const [wanted, setWanted] = useState<SessionAct | null>(null);
  if (!mayAct) return null;
  return (
    <>
      {SIMPLE_ACTS.map((one) => {
        const state = session.acts[one.name];
        if (!state) return null;
        return (
          <Tooltip key={one.name} title={state.why ?? ''}>
            <span>
              <Button disabled={!state.allowed} onClick={() => setWanted(one)}>
                {one.label}
              </Button>
            </span>
          </Tooltip>
        );
      })}
      {wanted && <ActDialog session={session} wanted={wanted} onClose={() => setWanted(null)} />}
    </>
  );
}
