import LinearProgress from '@mui/material/LinearProgress';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import type { Job } from '../providers/acts';
import { Notice } from '../ui/Notice';

const Failures = styled('ul')({ margin: '4px 0 0', paddingLeft: 18 });

const ENDS = {
  running: ' …',
  done: '.',
  cancelled: '. The rest was cancelled.',
  stopped: '. It was stopped: whoever began it may not go on.',
} as const satisfies Record<Job['state'], string>;

/** In words, why a session was passed by; another code is shown as it is. */
const WHY: Readonly<Record<string, string>> = {
  update_not_allowed_due_to_state: 'has ended already',
  connector_not_inquirable: 'its connector cannot be asked',
  nothing_to_resend: 'has no callback to send again',
  callback_under_way: 'its callback is being sent',
  session_already_in_use: 'changed at the same moment',
  session_not_found: 'is not there, or not in your scope',
};

/** How far a job is, and which sessions it could do nothing for. */
export function JobProgress({ job: { state, total, counts, failures } }: { readonly job: Job }) {
  const over = counts.done + counts.failed;
  return (
    <>
      <LinearProgress
        variant="determinate"
        value={total === 0 ? 100 : ((total - counts.waiting) / total) * 100}
        aria-label="How far it is"
        color={state === 'stopped' ? 'error' : 'primary'}
      />
      <div role="status">{`${over} of ${total} processed${ENDS[state]}`}</div>
      {counts.failed > 0 && (
        <Notice kind="warn">
          {counts.failed === 1 ? '1 could not be done:' : `${counts.failed} could not be done, among them:`}
          <Failures>
            {failures.map(({ session_id: id, code }) => (
              <li key={id}>
                <Link to={`/sessions/${id}`}>{id}</Link> {WHY[code] ?? code}
              </li>
            ))}
          </Failures>
        </Notice>
      )}
    </>
  );
}
