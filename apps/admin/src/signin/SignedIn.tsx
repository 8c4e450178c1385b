import { useState } from 'react';
import { Navigate } from 'react-router-dom';
import { takeWanted } from '../session/wanted';

/** Where the identity provider's way ends: on to where one wanted to go. */
export function SignedIn() {
  // Asked once, however often this is drawn.
  const [wanted] = useState(takeWanted);
  return <Navigate to={wanted} replace />;
}
