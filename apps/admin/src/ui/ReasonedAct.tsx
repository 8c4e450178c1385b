import { useState } from 'react';
import { ActButton } from './ActButton';
import { ActDialog } from './ActDialog';
import type { Editable } from './ChangedMeanwhile';
import type { Given } from './given';

interface ReasonedActProps {
  readonly label: string;
  /** What will happen, sentence by sentence. */
  readonly explanation: readonly string[];
  readonly isFinal?: boolean;
  /** Why it cannot be done now; null where it can. */
  readonly obstacle?: string | null;
  /** What it edits, where that has versions. */
  readonly of?: Editable;
  readonly onDo: (given: Given) => Promise<void>;
}

/**
 * A button for an act that needs nothing but a reason: explained first, then done. Acts that take turns in one place need a
 * `key` each: an open dialog is about its own act and never becomes the other one.
 */
export function ReasonedAct({ label, explanation, isFinal = false, obstacle = null, of, onDo }: ReasonedActProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActButton label={label} obstacle={obstacle} onClick={() => setOpen(true)} />
      {isOpen && (
        <ActDialog
          title={`${label}?`}
          label={label}
          explanation={explanation}
          isFinal={isFinal}
          {...(of === undefined ? {} : { of })}
          onDo={async (given) => {
            await onDo(given);
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
