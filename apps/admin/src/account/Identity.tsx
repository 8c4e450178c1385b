import type { LinkedIdentity } from '../session/me';
import { Copyable } from '../ui/Copyable';

/** Somebody at an identity provider: which, and by which name it knows them. */
export function Identity({ identity: { issuer, subject } }: { readonly identity: LinkedIdentity }) {
  return (
    <>
      {issuer}, as <Copyable text={subject} name="subject" />
    </>
  );
}
