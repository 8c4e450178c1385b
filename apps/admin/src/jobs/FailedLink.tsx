import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import type { JobFailure } from '../providers/acts';
import { MONO } from '../theme/tokens';

const Id = styled(Link)({ fontFamily: MONO, fontSize: 12, fontWeight: 400 });

/** To the callback or session that an item of a job is about. */
export function FailedLink({ item }: { readonly item: Omit<JobFailure, 'code'> }) {
  const { message_id: message, session_id: session } = item;
  return message ? <Id to={`/callbacks/${message}`}>{message}</Id> : <Id to={`/sessions/${session}`}>{session}</Id>;
}
