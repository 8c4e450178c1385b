import LinearProgress from '@mui/material/LinearProgress';
import { styled } from '@mui/material/styles';
import { progressOf } from './progress';
import type { JobLine } from './types';

const Root = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 8,
  '& > span:first-of-type': { width: 72, flex: 'none' },
});

/** How much of a job is over. */
export function Share({ job }: { readonly job: Pick<JobLine, 'state' | 'counts' | 'total'> }) {
  const { over, percent } = progressOf(job);
  return (
    <Root>
      <LinearProgress
        variant="determinate"
        value={percent}
        aria-label="How far it is"
        color={job.state === 'stopped' ? 'error' : 'primary'}
      />
      {`${over} of ${job.total}`}
    </Root>
  );
}
