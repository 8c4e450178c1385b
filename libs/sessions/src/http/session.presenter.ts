import type { AcsFacts, Facts, Purchase } from '@app/authentication-port';
import { encodeId } from '@app/kernel';
import { isApproved } from '../domain/callback-payload';
import { nextActions, type NextAction } from '../domain/next-actions';
import { responseCode, responseReason } from '../domain/response-code';
import type { Session } from '../domain/session';
import { isFinal } from '../domain/session.machine';
import { verdictOf } from '../domain/verdict';
import { HOSTED_PATH } from '../hosted/hosted.settings';
import type { SessionView } from '../session-view';
import { upstreamMembers, upstreamName } from './upstream-members';

type Json = Record<string, unknown>;

/** EMV challengeCancel to the contract's words (section 6.3). */
const CANCEL_REASONS: Record<string, string> = {
  '01': 'cardholder_cancel',
  '03': 'transaction_timed_out',
  '04': 'challenge_timed_out',
  '05': 'transaction_timed_out',
  '06': 'transaction_error',
  '07': 'unknown',
  '08': 'sdk_timed_out',
};

/** Which of our addresses a next action has, beside the issuer's. */
const ACTION_LINKS: Partial<Record<NextAction, { relation: string; path: string }>> = {
  collect_channel_data: { relation: 'collect_channel_data', path: '/collect-data' },
  issuer_fingerprint: { relation: 'issuer_fingerprint', path: '/issuer-fingerprint' },
  complete: { relation: 'complete', path: '/complete' },
};

/** Members of the full session that column IF does not have; the challenge indicator is required in all. */
const NOT_AFTER_METHOD: ReadonlySet<string> = new Set([
  'authentication_date',
  'certificates',
  'cardholder_info',
  'customer_ip',
  'exemption',
  'flow_type',
  'installment',
  'optimization',
  'recurring',
  'scheme_info',
]);

/** What the contract lets an instrument be called in answers; requests may be longer. */
const INSTRUMENT_ID = /^src_\w{26}$/;

/** The device channel that a GET asks for by its `channel` header; anything else is no filter. */
export type ChannelFilter = 'browser' | 'app' | null;

/** The full session: 201 of create, GET, collect-data (section 6, column C201/GET). */
export function presentSession(view: SessionView, baseUrl: string, filter: ChannelFilter = null): Json {
  const { session } = view;
  const { facts } = session.attempt;
  const upstream = upstreamMembers(session, view.visibility);
  return defined({
    ...head(view, baseUrl, filter),
    challenged: isFinal(session.status) ? (session.challenged ?? false) : undefined,
    status_reason: session.statusReason ?? undefined,
    approved: isFinal(session.status) ? isApproved(session) : undefined,
    ...echo(session),
    ds: directoryServer(session),
    acs: acs(facts.acs, facts),
    response_code: responseCode(session),
    response_status_reason: responseReason(session),
    ...(view.visibility === 'token' ? { cryptogram: view.authenticationValue?.expose(), eci: facts.eci } : {}),
    certificates: upstream.certificates,
    xid: upstream.xid ?? (isFinal(session.status) ? facts.dsTransactionId : undefined),
    cardholder_info: facts.cardholderInfo,
    authentication_date: upstream.authenticationDate ?? session.createdAt.toISOString(),
    flow_type: flowType(session),
    scheme_info: upstream.schemeInfo,
    exemption: upstream.exemption ?? exemption(session),
    '3ds': threeDs(facts),
    verdict: verdict(session),
  });
}

/** What a 202 of create tells (column C202): nothing of the issuer yet. */
export function presentAccepted(view: SessionView, baseUrl: string): Json {
  const { session } = view;
  const { certificates, authenticationDate } = upstreamMembers(session, view.visibility);
  return defined({
    ...head(view, baseUrl, null),
    ...echo(session),
    ds: directoryServer(session),
    certificates,
    authentication_date: authenticationDate ?? session.createdAt.toISOString(),
  });
}

/** What the answer to a 3DS Method report tells (column IF). */
export function presentFingerprint(view: SessionView, baseUrl: string): Json {
  const told = Object.entries(presentSession(view, baseUrl));
  return Object.fromEntries(told.filter(([name]) => !NOT_AFTER_METHOD.has(name)));
}

function head(view: SessionView, baseUrl: string, filter: ChannelFilter): Json {
  const { session } = view;
  const { attempt, details } = session;
  const upstream = upstreamMembers(session, view.visibility);
  const actions = nextActions(session).filter((action) => !(filter === 'app' && action === 'issuer_fingerprint'));
  return {
    id: encodeId('session', session.id),
    session_secret: view.secret?.expose(),
    transaction_id: attempt.transactionId,
    scheme: attempt.scheme,
    amount: session.amountMinor,
    currency: session.currency,
    completed: session.completedAt !== null,
    authentication_type: details.purchase.authenticationType,
    authentication_category: details.purchase.authenticationCategory,
    challenge_indicator: details.purchase.challengeIndicator,
    status: session.status,
    protocol_version: attempt.protocolVersion,
    reference: session.reference ?? undefined,
    next_actions: actions,
    card: {
      instrument_id: instrumentOf(session, upstream.instrumentId),
      fingerprint: session.cardFingerprint ?? '',
      metadata: upstream.metadata ?? {},
    },
    upstream: upstreamName(view),
    ...experiences(session),
    _links: links(view, actions, baseUrl),
  };
}

/**
 * The kept card; else the name that an upstream has for it, or that the merchant used; else, since the contract wants one,
 * that of the card as held for this session.
 */
function instrumentOf({ id, instrumentId, details: { source } }: Session, upstreams: string | undefined): string {
  if (instrumentId !== null) return encodeId('instrument', instrumentId);
  if (upstreams !== undefined) return upstreams;
  const { kind, reference } = source;
  return kind === 'id' && reference !== undefined && INSTRUMENT_ID.test(reference)
    ? reference
    : encodeId('instrument', id);
}

/** What is given back as it was asked. */
function echo(session: Session): Json {
  const { purchase } = session.details;
  return {
    account_info: purchase.accountInfo,
    merchant_risk_info: purchase.merchantRiskInfo,
    transaction_type: purchase.transactionType,
    recurring: schedule(purchase.recurring),
    installment: purchase.installment && {
      ...schedule(purchase.installment),
      number_of_payments: purchase.installment.numberOfPayments,
    },
    initial_transaction: purchase.initialTransaction,
  };
}

function schedule(value: Purchase['recurring']): Json | undefined {
  return value && { days_between_payments: value.daysBetweenPayments, expiry: value.expiry };
}

function links({ session, linkToken }: SessionView, actions: readonly NextAction[], baseUrl: string): Json {
  const self = `${baseUrl}/sessions/${encodeId('session', session.id)}`;
  const result: Json = { self: { href: self } };
  for (const action of actions) {
    const link = ACTION_LINKS[action];
    if (link) result[link.relation] = { href: self + link.path };
  }
  if (actions.includes('issuer_fingerprint')) result['three_ds_method_url'] = { href: session.attempt.methodUrl };
  if (linkToken !== null && actions.includes('redirect_cardholder')) {
    result['redirect_url'] = { href: `${baseUrl}${HOSTED_PATH}/${linkToken.expose()}` };
  }
  if (session.returnUrls !== null) {
    result['success_url'] = { href: session.returnUrls.success };
    result['failure_url'] = { href: session.returnUrls.failure };
  }
  if (session.callbackUrl !== null) result['callback_url'] = { href: session.callbackUrl };
  return result;
}

function directoryServer(session: Session): Json {
  const { directoryServerId, facts } = session.attempt;
  return defined({
    ds_id: directoryServerId,
    reference_number: facts.dsReferenceNumber,
    transaction_id: facts.dsTransactionId,
  });
}

function acs(value: AcsFacts | undefined, facts: Omit<Facts, 'authenticationValue'>): Json | undefined {
  // Of a server that only a result told of, no more than an id is known.
  if (value?.referenceNumber === undefined) return undefined;
  const { challengeCancel } = facts;
  return defined({
    reference_number: value.referenceNumber,
    transaction_id: value.transactionId,
    operator_id: value.operatorId ?? '',
    url: value.url,
    challenge_mandated: value.challengeMandated ?? false,
    signed_content: value.signedContent,
    interface: value.interface,
    ui_template: value.uiTemplate,
    authentication_type: value.authenticationType,
    challenge_cancel_reason: challengeCancel === undefined ? undefined : (CANCEL_REASONS[challengeCancel] ?? 'unknown'),
    challenge_cancel_reason_code: challengeCancel,
  });
}

function threeDs(facts: Omit<Facts, 'authenticationValue'>): Json | undefined {
  const { error } = facts;
  const value = defined({
    challenge_request: facts.challengeRequest,
    interaction_counter: facts.interactionCounter,
    error_details: error && {
      error_code: error.code,
      error_component: error.component,
      error_detail: error.detail,
      error_description: error.description,
    },
  });
  return Object.keys(value).length > 0 ? value : undefined;
}

/** A challenge was one, whatever became of its result; without one, nothing is told of what brought no letter. */
function flowType(session: Session): string | undefined {
  if (session.status === 'challenged') return 'challenged';
  if (!isFinal(session.status)) return undefined;
  if (session.challenged) return 'challenged';
  return session.attempt.facts.transStatus === undefined ? undefined : 'frictionless';
}

/** Which exemption was asked for by the challenge indicator (section 5.5), and the trusted list's answer. */
function exemption(session: Session): Json | undefined {
  const asked = EXEMPTIONS[session.details.purchase.challengeIndicator];
  const { whiteListStatus, whiteListStatusSource } = session.attempt.facts;
  if (asked === undefined && whiteListStatus === undefined) return undefined;
  return defined({
    requested: asked,
    applied: 'none',
    trusted_beneficiary:
      whiteListStatus === undefined ? undefined : defined({ status: whiteListStatus, source: whiteListStatusSource }),
  });
}

const EXEMPTIONS: Record<string, string> = {
  low_value: 'low_value',
  trusted_listing: 'trusted_listing',
  trusted_listing_prompt: 'trusted_listing',
  transaction_risk_assessment: 'transaction_risk_assessment',
};

/** Only 3DS is carried: a wish for another experience is answered, and not followed. */
function experiences(session: Session): Json {
  const wished = session.details.echo['preferred_experiences'];
  if (!Array.isArray(wished)) return {};
  const { progress } = session.attempt;
  const processed = progress === 'planned' || progress === 'opened' ? 'unprocessed' : 'processed';
  return {
    experience: '3ds',
    preferred_experiences: Object.fromEntries(
      wished.map((name: string) => [
        name,
        name === '3ds' ? { status: processed, reason: [] } : { status: 'unavailable', reason: ['not_supported'] },
      ]),
    ),
  };
}

/** An extension of ours, for tokens and secrets alike: what the result means, in plain words. */
function verdict(session: Session): Json | undefined {
  const value = verdictOf(session);
  return (
    (value && {
      decided_by: value.decidedBy,
      liability_shift: value.liabilityShift,
      advice: value.advice,
      text: value.text,
    }) ??
    undefined
  );
}

function defined(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
