import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { ActDialog } from './ActDialog';

interface ReasonedActProps {
  readonly label: string;
  /** What will happen, sentence by sentence. */
  readonly explanation: readonly string[];
  readonly isFinal?: boolean;
  /** Why it cannot be done now; null where it can. */
  readonly obstacle?: string | null;
  readonly onDo: (reason: string | null) => Promise<void>;
}

/** A button for an act that needs nothing but a reason: explained first, then done. */
export function ReasonedAct({ label, explanation, isFinal = false, obstacle = null, onDo }: ReasonedActProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Tooltip title={obstacle ?? ''}>
        <span>
          <Button disabled={obstacle !== null} onClick={() => setOpen(true)}>
            {label}
          </Button>
        </span>
      </Tooltip>
      {isOpen && (
        <ActDialog
          title={`${label}?`}
          label={label}
          explanation={explanation}
          isFinal={isFinal}
          onDo={async (reason) => {
            await onDo(reason);
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** The body of an act: the reason, where one was given. */
export const because = (reason: string | null): Readonly<Record<string, unknown>> =>
  reason === null ? {} : { reason };
