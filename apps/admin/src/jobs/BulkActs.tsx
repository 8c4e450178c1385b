import Button from '@mui/material/Button';
import { useState } from 'react';
import type { BulkProps } from '../list/ListPage';
import { BULK_ACTS, type BulkAct } from './bulk-acts';
import { BulkDialog } from './BulkDialog';

interface BulkActsProps extends BulkProps {
  readonly acts: readonly BulkAct[];
}

/** Buttons for rows that were picked. */
export function BulkActs({ acts, ids, filter, onDone }: BulkActsProps) {
  // Kept as they were picked: a list that goes on by itself must not change what is asked for.
  const [wanted, setWanted] = useState<{ readonly act: BulkAct; readonly ids: readonly string[] } | null>(null);
  return (
    <>
      {acts.map((act) => (
        <Button key={act} onClick={() => setWanted({ act, ids })}>
          {BULK_ACTS[act].label}
        </Button>
      ))}
      {wanted && (
        <BulkDialog
          {...wanted}
          filter={filter}
          onClose={(isDone) => {
            setWanted(null);
            if (isDone) onDone();
          }}
        />
      )}
    </>
  );
}
