/** Sessions in the words of the contract: one full view, and the reduced ones as lists of its members. */
import { DIRECTORY_SERVER_RID, directoryServerOf } from '@app/kernel';
import { awaitsFingerprint, isFinal, nextActions, type Json, type UpstreamSession } from './session';

/** Which answer a view is for (the columns of sessions-api.md section 6). */
export type View = 'full' | 'accepted' | 'fingerprint';

/** Who reads, and through which channel. */
export interface Reader {
  readonly by: 'oauth' | 'secret';
  readonly channel?: string;
}

/** Members that only OAuth callers see (sessions-api.md section 4). */
const OAUTH_ONLY = ['session_secret', 'certificates', 'cryptogram', 'eci'] as const;

const EARLY = [
  'id',
  'session_secret',
  'transaction_id',
  'scheme',
  'amount',
  'currency',
  'completed',
  'authentication_type',
  'authentication_category',
  'status',
  'protocol_version',
  'account_info',
  'merchant_risk_info',
  'reference',
  'transaction_type',
  'next_actions',
  'ds',
  'card',
  'initial_transaction',
  'preferred_experiences',
  'experience',
  '_links',
] as const;

/** What the reduced views have; the full view has everything. */
const MEMBERS: Readonly<Record<Exclude<View, 'full'>, ReadonlySet<string>>> = {
  accepted: new Set([
    ...EARLY,
    'certificates',
    'recurring',
    'installment',
    'authentication_date',
    'challenge_indicator',
  ]),
  fingerprint: new Set([
    ...EARLY,
    ...['challenged', 'status_reason', 'approved', 'acs', 'response_code', 'response_status_reason'],
    ...['cryptogram', 'eci', 'xid', '3ds'],
  ]),
};

/** How long a cryptogram can be read. */
const CRYPTOGRAM_MS = 24 * 60 * 60 * 1000;

/** `base` is the address of `/upstream`, without a trailing slash. */
export function present(session: UpstreamSession, view: View, reader: Reader, base: string, now: Date): Json {
  const body = fullView(session, reader, base);
  if (reader.by === 'secret') for (const name of OAUTH_ONLY) delete body[name];
  if (now.getTime() - session.createdAt.getTime() >= CRYPTOGRAM_MS) delete body['cryptogram'];
  if (view !== 'full') {
    const kept = MEMBERS[view];
    for (const name of Object.keys(body)) if (!kept.has(name)) delete body[name];
  }
  return body;
}

/** The callback of a completion (sessions-api.md section 7.1). */
export function presentCallback(session: UpstreamSession): Json {
  const { request, outcome } = session;
  return withoutUndefined({
    session_id: session.id,
    amount: request['amount'] ?? 0,
    currency: request['currency'],
    status: outcome.status,
    approved: isApproved(session),
    challenged: outcome.challenged ?? false,
    authentication_type: request['authentication_type'] ?? 'regular',
    authentication_category: categoryOf(session),
    reference: request['reference'],
    protocol_version: '2.2.0',
    response_code: outcome.responseCode,
    response_reason: outcome.responseStatusReason,
    cryptogram: outcome.cryptogram,
    eci: outcome.eci,
    xid: outcome.responseCode === undefined ? undefined : xidOf(session),
    cardholder_info: outcome.cardholderInfo,
  });
}

/** Attempted counts as approved: the redirect to `success_url` does too (sessions-api.md section 7.2). */
export function isApproved(session: UpstreamSession): boolean {
  return session.outcome.status === 'approved' || session.outcome.status === 'attempted';
}

/** The value for authorization requests: the directory server's transaction id, as the schemes have it in EMV 3-D Secure. */
export function xidOf(session: UpstreamSession): string {
  return session.dsTransactionId;
}

function fullView(session: UpstreamSession, reader: Reader, base: string): Record<string, unknown> {
  const { request, outcome } = session;
  const answered = outcome.responseCode !== undefined;
  const final = isFinal(session);
  return withoutUndefined({
    id: session.id,
    session_secret: session.secret,
    transaction_id: session.transactionId,
    scheme: session.scheme,
    amount: request['amount'] ?? 0,
    currency: request['currency'],
    completed: session.completed,
    challenged: final ? outcome.challenged : undefined,
    authentication_type: request['authentication_type'] ?? 'regular',
    authentication_category: categoryOf(session),
    certificates: {
      ds_public: 'eyJrdHkiOiJFQyIsImNydiI6IlAtMjU2In0',
      ca_public: 'MIIBszCCAVmgAwIBAgIUSIM',
      ca_public_all: [],
    },
    status: outcome.status,
    status_reason: outcome.statusReason,
    approved: final ? isApproved(session) : undefined,
    protocol_version: '2.2.0',
    account_info: request['account_info'],
    merchant_risk_info: request['merchant_risk_info'],
    reference: request['reference'],
    transaction_type: transactionTypeOf(request['transaction_type']),
    next_actions: nextActions(session, reader.channel),
    ds: {
      ds_id: DIRECTORY_SERVER_RID[directoryServerOf(session.scheme)],
      reference_number: '3DS_LOA_DIS_CSGN_020200_SIM',
      transaction_id: session.dsTransactionId,
    },
    acs: outcome.acs,
    response_code: outcome.responseCode,
    response_status_reason: outcome.responseStatusReason,
    cryptogram: outcome.cryptogram,
    eci: outcome.eci,
    xid: answered && final ? xidOf(session) : undefined,
    cardholder_info: outcome.cardholderInfo,
    card: {
      instrument_id: session.instrumentId,
      fingerprint: session.fingerprint,
      metadata: { card_type: 'CREDIT', card_category: 'CONSUMER', issuer_name: 'NORTHGATE BANK', issuer_country: 'GB' },
    },
    recurring: request['recurring'],
    installment: request['installment'],
    initial_transaction: request['initial_transaction'],
    authentication_date: session.createdAt.toISOString(),
    exemption: answered ? { requested: exemptionOf(request), applied: 'none' } : undefined,
    flow_type: answered && final ? (outcome.challenged ? 'challenged' : 'frictionless') : undefined,
    challenge_indicator: request['challenge_indicator'] ?? 'no_preference',
    scheme_info: answered ? schemeInfoOf(session) : undefined,
    '3ds': outcome.threeDs,
    preferred_experiences: { '3ds': { status: answered ? 'processed' : 'available', reason: [] } },
    experience: '3ds',
    _links: linksOf(session, reader, base),
  });
}

function linksOf(session: UpstreamSession, reader: Reader, base: string): Json {
  const self = `${base}/sessions/${session.id}`;
  const actions = nextActions(session, reader.channel);
  const completion = session.request['completion'] as Json;
  const links: Record<string, unknown> = {
    self,
    callback_url: session.hosted ? undefined : completion['callback_url'],
    success_url: completion['success_url'],
    failure_url: completion['failure_url'],
    redirect_url: actions.includes('redirect_cardholder') ? `${base}/interceptor/${session.id}` : undefined,
    collect_channel_data: actions.includes('collect_channel_data') ? `${self}/collect-data` : undefined,
    complete: actions.includes('complete') ? `${self}/complete` : undefined,
  };
  if (actions.includes('issuer_fingerprint') && awaitsFingerprint(session)) {
    links['issuer_fingerprint'] = `${self}/issuer-fingerprint`;
    links['three_ds_method_url'] = base.replace(/\/upstream$/, '/acs/method');
  }
  return Object.fromEntries(
    Object.entries(links).flatMap(([relation, href]) => (href === undefined ? [] : [[relation, { href }]])),
  );
}

/** An omitted amount makes it no payment (sessions-api.md section 5.1); one SDK spells it its own way. */
function categoryOf({ request }: UpstreamSession): unknown {
  if (request['amount'] === undefined) return 'non_payment';
  const category = request['authentication_category'] ?? 'payment';
  return category === 'nonPayment' ? 'non_payment' : category;
}

function transactionTypeOf(type: unknown): unknown {
  return type === 'quashi_card_transaction' ? 'quasi_card_transaction' : (type ?? 'goods_service');
}

const EXEMPTIONS: ReadonlySet<unknown> = new Set(['low_value', 'trusted_listing', 'transaction_risk_assessment']);

function exemptionOf(request: Json): string {
  const indicator = request['challenge_indicator'];
  return EXEMPTIONS.has(indicator) ? String(indicator) : 'none';
}

function schemeInfoOf({ scheme }: UpstreamSession): Json | undefined {
  if (scheme === 'cartes_bancaires') return { name: scheme, score: '10', avalgo: '4' };
  return scheme === 'visa' || scheme === 'mastercard' ? { name: scheme } : undefined;
}

function withoutUndefined(members: Record<string, unknown>): Record<string, unknown> {
  for (const name of Object.keys(members)) if (members[name] === undefined) delete members[name];
  return members;
}
