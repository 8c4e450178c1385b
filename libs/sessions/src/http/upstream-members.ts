/** What an upstream of our own contract said beside the result, as far as the contract has a place for it (section 6). */
import { isFinal } from '../domain/session.machine';
import type { Session } from '../domain/session';
import type { SessionView } from '../session-view';

type Json = Record<string, unknown>;
type Reads = (value: unknown) => unknown;

const INSTRUMENT_ID = /^src_\w{26}$/;
/** At most seven digits of a fraction: one SDK tries a fixed list of formats (section 11, item 8). */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?Z$/;

const text =
  (max: number, form = /^/): Reads =>
  (value) =>
    typeof value === 'string' && value.length <= max && form.test(value) ? value : undefined;

const word = (...words: string[]): Reads => {
  const known = new Set<unknown>(words);
  return (value) => (known.has(value) ? value : undefined);
};

const list =
  (of: Reads): Reads =>
  (value) =>
    Array.isArray(value) && value.every((item) => of(item) !== undefined) ? value : undefined;

/** The members of an object that are in the contract; undefined where there is none. */
const members =
  (rules: Readonly<Record<string, Reads>>): Reads =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const found = Object.entries(rules).flatMap(([name, read]) => {
      const member = read((value as Json)[name]);
      return member === undefined ? [] : [[name, member] as const];
    });
    return found.length === 0 ? undefined : Object.fromEntries(found);
  };

const SCHEME_INFO = members({
  name: word('cartes_bancaires', 'visa', 'mastercard'),
  score: text(256),
  avalgo: text(256),
});

const CERTIFICATES = members({
  ds_public: text(1024),
  ca_public: text(1024),
  ca_public_all: list(text(16_384)),
});

const METADATA = members({
  card_type: word('CREDIT', 'DEBIT', 'PREPAID', 'CHARGE', 'DEFERRED DEBIT'),
  card_category: word('CONSUMER', 'COMMERCIAL'),
  issuer_name: text(256),
  issuer_country: text(2, /^[A-Z]{2}$/),
  product_id: text(256),
  product_type: text(256),
});

const EXEMPTION = members({
  requested: text(256),
  applied: word(
    'none',
    'low_value',
    'transaction_risk_assessment',
    'secure_corporate_payment',
    'trusted_listing',
    '3ds_outage',
    'sca_delegation',
    'out_of_sca_scope',
    'other',
    'low_risk_program',
  ),
  code: text(256),
  trusted_beneficiary: members({ status: word('Y', 'N', 'E', 'P', 'R', 'U'), source: text(2, /^\d{2}$/) }),
});

/** By the place where each stands in an answer; undefined: nothing was said that fits there. */
export interface UpstreamMembers {
  schemeInfo: unknown;
  certificates: unknown;
  metadata: unknown;
  exemption: unknown;
  xid: unknown;
  authenticationDate: unknown;
  instrumentId: string | undefined;
}

/** What to show of it. Certificates are for callers with a token. */
export function upstreamMembers(session: Session, visibility: SessionView['visibility']): UpstreamMembers {
  const { members: told = {}, instrumentId } = session.attempt.facts.upstream ?? {};
  const settled = isFinal(session.status);
  return {
    schemeInfo: SCHEME_INFO(told['scheme_info']),
    certificates: visibility === 'token' ? CERTIFICATES(told['certificates']) : undefined,
    metadata: METADATA(told['card.metadata']),
    exemption: EXEMPTION(told['exemption']),
    xid: settled ? text(256)(told['xid']) : undefined,
    authenticationDate: text(40, INSTANT)(told['authentication_date']),
    instrumentId: instrumentId !== undefined && INSTRUMENT_ID.test(instrumentId) ? instrumentId : undefined,
  };
}

/** An extension of ours, for tokens: where else the session is known, and as what, so that a payment there can name it. */
export function upstreamName({ session, visibility }: SessionView): Json | undefined {
  const { connector, facts } = session.attempt;
  const sessionId = facts.upstream?.sessionId;
  return visibility === 'token' && sessionId !== undefined ? { connector, session_id: sessionId } : undefined;
}
