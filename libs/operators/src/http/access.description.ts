import { PERMISSIONS, shapes, type AdminDescription } from '@app/platform';
import { BeginSecondFactorDto, ChangePasswordDto, ConfirmSecondFactorDto, ShowFactorDto, SignInDto } from './auth.dto';
import { GRANT } from './grant.schema';
import { AcceptInvitationDto } from './operator.dto';

const { count, flag, listOf, oneOf, orNull, ref, text, told, whole } = shapes;

const ACTOR = { id: text, name: text, ...GRANT, permissions: listOf(oneOf(PERMISSIONS)) };

export const DESCRIPTION: AdminDescription = {
  tag: 'Access',
  schemas: {
    Me: { anyOf: [ref('Person'), ref('Program')] },
    Person: whole({
      ...ACTOR,
      kind: oneOf(['operator']),
      email: text,
      has_password: flag,
      identity: orNull(ref('LinkedIdentity')),
      csrf_token: told('Of the session, for the header `X-Csrf-Token`', text),
      second_factor: whole({ enrolled: flag, must_enrol: flag, recovery_codes_left: count }),
    }),
    Program: whole({ ...ACTOR, kind: oneOf(['service_account']) }),
    WaysIn: whole({ identity_provider: orNull(whole({ name: text })), password: flag }),
    AuthorizationUrl: whole({ authorization_url: text }),
    AcceptedInvitation: whole({ email: text }),
    NewSecondFactor: whole({ totp_secret: text, totp_uri: text }),
    RecoveryCodes: whole({ recovery_codes: listOf(text) }),
    AdminToken: whole({
      access_token: text,
      token_type: oneOf(['Bearer']),
      expires_in: { type: 'integer', minimum: 1 },
    }),
  },
  routes: {
    'POST auth/sign-in': {
      id: 'signIn',
      summary: 'Sign in',
      description:
        'Sets the cookie of a session. 401 `second_factor_required`: send the same again with `totp` or `recovery_code`. Then `GET auth/me` tells who one is, and the CSRF token.',
      body: SignInDto,
      refusals: [401],
    },
    'GET auth/sign-in': { id: 'getWaysIn', summary: 'The ways in that there are', answer: 'WaysIn' },
    'POST auth/oidc/begin': {
      id: 'beginIdentityProviderSignIn',
      summary: 'Where the browser has to go to sign in at the identity provider',
      description: 'Sets the cookie that the browser needs to come back.',
      answer: 'AuthorizationUrl',
      refusals: [404],
    },
    'GET auth/oidc/return': {
      id: 'returnFromIdentityProvider',
      summary: 'Where the identity provider sends the browser back to',
      description:
        'For browsers (OpenID Connect Core 1.0, section 3.1.2.5). Always leads to the console, which says what came of it.',
      answerStatus: 303,
      refusals: [404],
    },
    'POST auth/oidc/second-factor': {
      id: 'showSecondFactor',
      summary: 'Show our own second factor where the identity provider has not asked for one',
      description: 'Sets the cookie of a session.',
      body: ShowFactorDto,
      refusals: [401],
    },
    'POST auth/token': {
      id: 'requestAdminToken',
      summary: 'Get a token for a service account',
      description:
        'OAuth 2.0 client credentials (RFC 6749 section 4.4), as a form, or by HTTP Basic. There are no scopes.',
      answer: 'AdminToken',
    },
    'POST auth/invitations/accept': {
      id: 'acceptInvitation',
      summary: 'Set the password of an invitation',
      body: AcceptInvitationDto,
      answer: 'AcceptedInvitation',
      refusals: [401],
    },
    'GET auth/me': { id: 'getMe', summary: 'Who calls, and what that one may do', answer: 'Me' },
    'POST auth/sign-out': { id: 'signOut', summary: 'End this session' },
    'PUT auth/password': {
      id: 'changePassword',
      summary: 'Change the password; other sessions end',
      body: ChangePasswordDto,
    },
    'POST auth/second-factor': {
      id: 'beginSecondFactor',
      summary: 'Get a secret for an authenticator app',
      description:
        'It counts once a code of it was shown to `second-factor/confirm`; until then what was there before does.',
      body: BeginSecondFactorDto,
      answer: 'NewSecondFactor',
    },
    'POST auth/second-factor/confirm': {
      id: 'confirmSecondFactor',
      summary: 'Make the new secret count; get recovery codes',
      body: ConfirmSecondFactorDto,
      answer: 'RecoveryCodes',
    },
  },
};
