import { CountersignError, InvalidRequest, NotAllowed } from '@app/kernel';

/** Unknown, wrong, not active: whoever signs in cannot tell which. */
export class SignInRefused extends CountersignError {
  constructor() {
    super('unauthenticated', ['sign_in_refused'], 'E-mail address or password is wrong');
  }
}

/** The password was right; now the second factor is asked for. */
export class SecondFactorRequired extends CountersignError {
  constructor() {
    super('unauthenticated', ['second_factor_required'], 'A code of the second factor is needed');
  }
}

/** A wrong code, or one that was used before. */
export class SecondFactorRefused extends CountersignError {
  constructor() {
    super('unauthenticated', ['second_factor_refused'], 'The code is wrong or was used before');
  }
}

/** Whoever has no password proves themselves by having just come from the identity provider. */
export class SignInAgain extends NotAllowed {
  constructor() {
    super('sign_in_again', 'Sign in anew through the identity provider first');
  }
}

/** The identity provider does not answer, or not as one does. */
export class IdentityProviderUnavailable extends CountersignError {
  constructor(cause: unknown) {
    super('unavailable', ['identity_provider_unavailable'], 'The identity provider does not answer', { cause });
  }
}

/** Nobody who is half signed in. */
export class SignInExpired extends CountersignError {
  constructor() {
    super('unauthenticated', ['sign_in_expired'], 'The sign-in took too long, or was not begun in this browser');
  }
}

/** Too many failures: nobody may try for a while. Says nothing about whether there is such an account. */
export class SignInLocked extends CountersignError {
  constructor(waitMs: number) {
    super('too_many', ['sign_in_locked'], 'Too many failures', {
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
    });
  }
}

/** A person's own affairs, asked for by a program. */
export class OperatorsOnly extends NotAllowed {
  constructor() {
    super('operators_only', 'Service accounts have no password and no second factor');
  }
}

/** Two people cannot share an address. */
export class EmailTaken extends CountersignError {
  constructor() {
    super('conflict', ['email_taken'], 'An operator with this e-mail address exists');
  }
}

/** Nobody can give what they do not have. */
export class GrantExceedsOwn extends NotAllowed {
  constructor() {
    super('grant_exceeds_own', 'Merchants outside of your own scope');
  }
}

/** Merchants that do not exist. */
export class MerchantsUnknown extends InvalidRequest {
  constructor() {
    super(['merchant_ids_invalid'], 'There are no such merchants');
  }
}

/** Whoever did it could not undo it. */
export class NotOnYourself extends NotAllowed {
  constructor() {
    super('not_on_yourself', 'Another administrator has to do this');
  }
}

/** Nobody would be left who could let anybody in. */
export class LastAdministrator extends CountersignError {
  constructor() {
    super('conflict', ['last_administrator'], 'No other active administrator of all merchants would be left');
  }
}

/** Used, replaced, expired or made up. */
export class InvitationRefused extends CountersignError {
  constructor() {
    super('unauthenticated', ['invitation_refused'], 'The invitation is not valid');
  }
}
