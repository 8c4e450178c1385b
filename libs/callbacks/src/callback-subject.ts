import type { Secret } from '@app/kernel';

/** What a callback carries of the authentication while it is still kept; absent members are left out of the body. */
export interface CallbackSecrets {
  readonly cryptogram?: Secret;
  readonly eci?: string;
  readonly xid?: string;
}

/**
 * What callbacks ask of the thing they speak about. Sessions implements it and hands it to `Callbacks.bind`: a lower
 * room does not import a higher one.
 */
export interface CallbackSubject {
  /** The authentication value and its companions, asked before every try; empty once they are erased. */
  secrets(sessionId: string, merchantId: string): Promise<CallbackSecrets>;
  /** The merchant has acknowledged. Called at least once per message, so it must be safe to call again. */
  delivered(sessionId: string, merchantId: string): Promise<void>;
}
