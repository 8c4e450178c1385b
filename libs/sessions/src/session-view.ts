import type { Secret } from '@app/kernel';
import type { Session } from './domain/session';

/** A session as one caller may see it (sessions-api.md section 4, field visibility). */
export interface SessionView {
  session: Session;
  visibility: 'token' | 'secret';
  /** The session secret, for tokens only. */
  secret: Secret | null;
  /** What stands behind the link of our page, while the cardholder is to be sent there. */
  linkToken: Secret | null;
  /** For tokens only, for 24 h. */
  authenticationValue: Secret | null;
}
