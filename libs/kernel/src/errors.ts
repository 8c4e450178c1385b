/**
 * What went wrong, in kinds: the one filter at the front door maps a kind to a status, so libs never speak HTTP.
 * Outcomes (an issuer's refusal) are states of a session, not errors.
 */
export type ErrorKind =
  | 'invalid_request'
  | 'malformed'
  | 'too_large'
  | 'too_slow'
  | 'unsupported_media_type'
  | 'unauthenticated'
  | 'not_found'
  | 'gone'
  | 'not_allowed'
  | 'duplicate_request'
  | 'conflict'
  | 'too_many'
  | 'not_implemented'
  | 'callback_failed'
  | 'unavailable'
  | 'internal';

/**
 * An error with stable `codes` (public API: `error_codes` on the wire) and a `message` for people. `retryAfterSeconds`
 * goes out as `Retry-After` where it is set, and `details` beside the codes.
 */
export class CountersignError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly codes: readonly string[],
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.details = options.details;
  }

  readonly retryAfterSeconds: number | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
}

/** The request breaks a rule of the contract: every failing field has a code such as `source_number_required`. */
export class InvalidRequest extends CountersignError {
  constructor(codes: readonly string[], message = 'The request is not valid') {
    super('invalid_request', codes, message);
  }
}

/** Nobody known, or no longer welcome. */
export class Unauthenticated extends CountersignError {
  constructor(message = 'Credentials are missing or not valid') {
    super('unauthenticated', ['unauthorized'], message);
  }
}

/** There is no such thing for this caller: another merchant's is the same as none. */
export class NotFound extends CountersignError {
  constructor(resource: string) {
    super('not_found', [`${resource}_not_found`], `No such ${resource}`);
  }
}

/** A rule or a state forbids it. */
export class NotAllowed extends CountersignError {
  constructor(code: string, message: string) {
    super('not_allowed', [code], message);
  }
}

/** This version does not carry the feature; nothing was stored. */
export class NotImplemented extends CountersignError {
  constructor(feature: string) {
    super('not_implemented', [`${feature}_not_supported`], `Not supported: ${feature}`);
  }
}

/** Another call changed the session in between. */
export class DuplicateRequest extends CountersignError {
  constructor() {
    super('duplicate_request', ['session_already_in_use'], 'The session was changed by another request');
  }
}
