import { perform } from '../providers/acts';
import { ReasonedAct } from '../ui/ReasonedAct';
import { useDone } from '../ui/use-done';

/** Ends a job before its end. */
export function CancelJob({ id }: { readonly id: string }) {
  const done = useDone();
  return (
    <ReasonedAct
      label="Cancel the rest"
      explanation={[
        'What is not begun will not be done. What was done already stays done.',
        'It cannot be taken up again: for what is left, begin another job.',
      ]}
      isFinal
      onDo={async (given) => {
        await perform('POST jobs/{id}/cancel', given, { path: { id } });
        await done('The rest is cancelled.');
      }}
    />
  );
}
