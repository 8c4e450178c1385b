import type { JobFailure } from '../providers/acts';
import { IdLink } from '../ui/IdLink';

/** To the callback or session that an item of a job is about. */
export function FailedLink({ item }: { readonly item: Omit<JobFailure, 'code'> }) {
  const { message_id: message, session_id: session } = item;
  const id = message ?? session;
  if (!id) return null;
  return (
    <IdLink id={id} name={message ? 'callback id' : 'session id'}>
      {id}
    </IdLink>
  );
}
