/** What the cardholder's page is to do now: a pure function of the session and what is known of its pages. */
import { METHOD_NOTIFICATION_PATH } from '@app/authentication-port';
import { hasMethod } from '../domain/device';
import type { Session } from '../domain/session';
import { isFinal } from '../domain/session.machine';
import { isApproved } from '../domain/callback-payload';
import { challengeRequestFor, type WindowSize } from './challenge-request';
import { returnUrl, type Returning } from './return-url';

/** A form that a browser posts to an issuer. */
interface IssuerForm<Fields> {
  url: string;
  fields: Fields;
}

/**
 * What a page shows and does. `version` grows with the session: a page ignores a state that is older than the one it has.
 */
export interface HostedState {
  /**
   * `device`: post the device data, after `method` where there is one. `method`: the device data is there, only the 3DS
   * Method had no turn yet. `waiting`: nothing to do but wait. `challenge`: show the issuer's page. `done`: go to
   * `return_url`. `elsewhere`: another view of the page has the session.
   */
  step: 'device' | 'method' | 'waiting' | 'challenge' | 'done' | 'elsewhere';
  version: number;
  /** In the steps `device` and `method`, where the issuer has a 3DS Method: run first, for 10 s at most. */
  method?: IssuerForm<{ threeDSMethodData: string }> & { transaction_id: string };
  /**
   * In the step `challenge`. `shown`: the CReq went out before, and the very same one goes out again. It is posted only after
   * the server was told (`POST …/challenge`, or without script the form of `POST …/continue`): from then on only the issuer's
   * page can cancel. `returned`: that page said that it is through, so its result is waited for; should it never come, the page
   * can be opened again.
   */
  challenge?: IssuerForm<{ creq: string; threeDSSessionData: string }> & { shown: boolean; returned: boolean };
  /** In the step `done`. */
  outcome?: 'success' | 'failure';
  /** Where "back to the shop" leads now. */
  return_url: string;
  /** What a cancel does now: decline the authentication, or only leave it. */
  cancel: 'declines' | 'leaves';
}

/** The session as far as its page depends on it. */
export type HostedSituation = Returning &
  Pick<Session, 'version' | 'device' | 'methodCompletion'> & {
    attempt: Pick<Session['attempt'], 'methodUrl' | 'transactionId'> & {
      facts: Pick<Session['attempt']['facts'], 'acs' | 'challengeRequest'>;
    };
  };

/** What is known of the pages that the link was opened in. */
export interface HostedViewing {
  /** Another view has the session. */
  isElsewhere: boolean;
  /** The CReq was about to be posted, or was. */
  isChallengeShown: boolean;
  /** Chosen when it was shown first. */
  windowSize: WindowSize | null;
  /** The issuer's page sent the browser back. */
  hasReturned: boolean;
}

/** Where issuers' pages send the browser to. */
export interface HostedReturns {
  /** Our public address. */
  baseUrl: string;
  /** What the issuer hands back beside its CRes, so that a page without frames around it finds home. */
  ticket: string;
}

type Step = HostedState['step'];

/** The state of the page at `session` in the view that asks. */
export function hostedState(session: HostedSituation, viewing: HostedViewing, returns: HostedReturns): HostedState {
  const step = stepOf(session, viewing);
  return {
    step,
    version: session.version,
    ...MORE[step]?.(session, viewing, returns),
    return_url: returnUrl(session),
    cancel: mayDecline(session, viewing) ? 'declines' : 'leaves',
  };
}

/** The same page after its cardholder has left: for this browser it is over, whatever becomes of the session. */
export function leftState(state: HostedState): HostedState {
  const { version, return_url } = state;
  return { step: 'done', version, outcome: state.outcome ?? 'failure', return_url, cancel: 'leaves' };
}

function stepOf(session: HostedSituation, viewing: HostedViewing): Step {
  if (isFinal(session.status)) return 'done';
  if (viewing.isElsewhere) return 'elsewhere';
  if (session.status === 'challenged') return challengeOf(session) === null ? 'waiting' : 'challenge';
  if (session.status !== 'pending') return 'waiting';
  return session.device !== null && waitsForMethod(session) ? 'method' : 'device';
}

/** What a step has beside what all have. */
const MORE: Partial<
  Record<Step, (session: HostedSituation, viewing: HostedViewing, returns: HostedReturns) => Partial<HostedState>>
> = {
  device: methodOf,
  method: methodOf,
  challenge: (session, { isChallengeShown: shown, hasReturned: returned, windowSize }, { ticket }) => {
    const challenge = challengeOf(session);
    if (challenge === null) return {};
    const creq = challengeRequestFor(challenge.creq, windowSize);
    return { challenge: { url: challenge.url, fields: { creq, threeDSSessionData: ticket }, shown, returned } };
  },
  done: (session) => ({ outcome: isApproved(session) ? 'success' : 'failure' }),
};

function methodOf(session: HostedSituation, _viewing: HostedViewing, { baseUrl }: HostedReturns): Partial<HostedState> {
  const { methodUrl: url, transactionId } = session.attempt;
  if (!isWeb(url) || !waitsForMethod(session)) return {};
  // emv-3ds.md section 5.4.
  const data = {
    threeDSServerTransID: transactionId,
    threeDSMethodNotificationURL: `${baseUrl}${METHOD_NOTIFICATION_PATH}`,
  };
  const threeDSMethodData = Buffer.from(JSON.stringify(data)).toString('base64url');
  return { method: { url, fields: { threeDSMethodData }, transaction_id: transactionId } };
}

function waitsForMethod({ attempt, device, methodCompletion }: HostedSituation): boolean {
  return attempt.methodUrl !== null && methodCompletion === null && hasMethod(device);
}

/** A decoupled authentication, for one, is challenged without a page to show. */
function challengeOf({ attempt: { facts } }: HostedSituation): { url: string; creq: string } | null {
  const { acs, challengeRequest: creq } = facts;
  return !isWeb(acs?.url) || creq === undefined ? null : { url: acs.url, creq };
}

/** Others say where their pages are: a browser is given nothing that could be a script. */
function isWeb(url: string | null | undefined): url is string {
  return typeof url === 'string' && /^https?:\/\//i.test(url);
}

/** After the CReq only the issuer's page can cancel; while the issuer is asked, nobody can. */
function mayDecline({ status }: HostedSituation, { isChallengeShown }: HostedViewing): boolean {
  return status === 'pending' || (status === 'challenged' && !isChallengeShown);
}
