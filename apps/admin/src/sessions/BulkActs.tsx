import Button from '@mui/material/Button';
import { useState } from 'react';
import type { BulkProps } from '../list/ListPage';
import { BULK_ACTS, type BulkAct } from './bulk-acts';
import { BulkDialog } from './BulkDialog';

/** Buttons for sessions that were picked. */
export function BulkActs({ ids, onDone }: BulkProps) {
  const [wanted, setWanted] = useState<BulkAct | null>(null);
  return (
    <>
      {(Object.keys(BULK_ACTS) as BulkAct[]).map((name) => (
        <Button key={name} onClick={() => setWanted(name)}>
          {BULK_ACTS[name].label}
        </Button>
      ))}
      {wanted && (
        <BulkDialog
          act={wanted}
          ids={ids}
          onClose={(isDone) => {
            setWanted(null);
            if (isDone) onDone();
          }}
        />
      )}
    </>
  );
}
