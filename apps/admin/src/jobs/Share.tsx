import LinearProgress from '@mui/material/LinearProgress';
import { styled } from '@mui/material/styles';
import type { JobLine } from './types';

const Root = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 8,
  '& > span:first-of-type': { width: 72, flex: 'none' },
});

/** How much of a job is over. */
export function Share({
  job: { state, counts, total },
}: {
  readonly job: Pick<JobLine, 'state' | 'counts' | 'total'>;
}) {
  const over = total - counts.waiting;
  const share = total === 0 ? 100 : (over / total) * 100;
  return (
    <Root>
      <LinearProgress
        variant="determinate"
        value={share}
        aria-label="How far it is"
        color={state === 'stopped' ? 'error' : 'primary'}
      />
      {`${over} of ${total}`}
    </Root>
  );
}
