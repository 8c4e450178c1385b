import { Link } from 'react-router-dom';
import type { JobFailure } from '../providers/acts';

/** To the callback or session that an item of a job is about. */
export function FailedLink({ item }: { readonly item: Omit<JobFailure, 'code'> }) {
  const { message_id: message, session_id: session } = item;
  return message ? (
    <Link to={`/callbacks/${message}`}>{message}</Link>
  ) : (
    <Link to={`/sessions/${session}`}>{session}</Link>
  );
}
