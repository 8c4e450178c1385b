/** The session as the Sessions API tells it to a browser; only what the kit reads. */

/** Where a session stands. */
export type SessionStatus =
  | 'pending'
  | 'processing'
  | 'challenged'
  | 'approved'
  | 'attempted'
  | 'declined'
  | 'rejected'
  | 'unavailable'
  | 'challenge_abandoned'
  | 'expired';

/** A link of a session. */
export interface Link {
  readonly href: string;
}

/** What `GET /sessions/{id}` tells whoever has the session's secret. Members that are not listed here come too. */
export interface Session {
  readonly id: string;
  readonly status: SessionStatus;
  /** True when the payment may go on; absent until the status is final. */
  readonly approved?: boolean;
  readonly transaction_id: string;
  readonly next_actions?: readonly string[];
  readonly acs?: { readonly url?: string };
  readonly '3ds'?: { readonly challenge_request?: string };
  readonly cardholder_info?: string;
  readonly _links: { readonly self: Link; readonly three_ds_method_url?: Link };
}

/**
 * What the page needs to act for one session: the answer of `POST /sessions` as it is, or just these three members of it.
 * The secret opens this session only, and neither the cryptogram nor the ECI.
 */
export interface SessionHandle extends Partial<Omit<Session, 'id' | '_links'>> {
  readonly id: string;
  readonly session_secret: string;
  readonly _links: Session['_links'];
}

/** Whether the 3DS Method was completed: yes, no, or there is none. */
export type MethodCompletion = 'Y' | 'N' | 'U';

/** What only script can tell about this browser, in the words of `channel_data`. */
export interface BrowserFacts {
  readonly java_enabled: boolean;
  readonly language: string;
  readonly color_depth: string;
  readonly screen_height: string;
  readonly screen_width: string;
  readonly timezone: string;
}

/** The same with what a server could see as well. IP address and Accept header are the server's to add. */
export interface BrowserData extends BrowserFacts {
  readonly channel: 'browser';
  readonly javascript_enabled: true;
  readonly user_agent: string;
}
