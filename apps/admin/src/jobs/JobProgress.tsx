import LinearProgress from '@mui/material/LinearProgress';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import type { Job } from '../providers/acts';
import { CountLink } from '../ui/CountLink';
import { Notice } from '../ui/Notice';
import { FailedLink } from './FailedLink';
import { itemsOf } from './items-address';
import { progressOf } from './progress';
import { WHY } from './words';

const Failures = styled('ul')({ margin: '4px 0 0', paddingLeft: 18 });

const ENDS = {
  running: ' …',
  done: '.',
  cancelled: '. The rest was cancelled.',
  stopped: '. It was stopped: whoever began it may not go on.',
} as const satisfies Record<Job['state'], string>;

/** How far a job is, and what it could do nothing for. */
export function JobProgress({ job }: { readonly job: Job }) {
  const { id, state, total, counts, failures } = job;
  const { over, percent } = progressOf(job);
  return (
    <>
      <LinearProgress
        variant="determinate"
        value={percent}
        aria-label="How far it is"
        color={state === 'stopped' ? 'error' : 'primary'}
      />
      <div role="status">
        {over} of <CountLink count={total} to={itemsOf(id, 'all')} /> processed{ENDS[state]}
      </div>
      <Link to={`/jobs/${id}`}>Follow it, or look at all of it, in Jobs</Link>
      {counts.failed > 0 && (
        <Notice kind="warn">
          <Link to={itemsOf(id, 'failed')}>{counts.failed} could not be done</Link>
          {counts.failed === 1 ? ':' : ', among them:'}
          <Failures>
            {failures.map((failure) => (
              <li key={failure.message_id ?? failure.session_id}>
                <FailedLink item={failure} /> {WHY[failure.code] ?? failure.code}
              </li>
            ))}
          </Failures>
        </Notice>
      )}
    </>
  );
}
