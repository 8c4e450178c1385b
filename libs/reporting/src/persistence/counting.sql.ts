/**
 * `domain/reported-session.ts` in SQL, over `s` (session), `a` (its present attempt), `shown` (there where its challenge was shown)
 * and `late` (there where its deadline ended it).
 */
import { EXEMPTION_INDICATORS, type CountId } from '../domain/reported-session';

const INDICATOR = `s.details #>> '{purchase,challengeIndicator}'`;
const APPLIED = `a.facts #>> '{upstream,members,exemption,applied}'`;

/** Not null either way, as what is negated must be. */
const REFUSED = `(s.refusal_code IS NOT NULL)`;

export const PHASE = `CASE
  WHEN s.refusal_code IS NOT NULL OR s.status = 'expired' OR (s.status = 'declined' AND s.status_reason = 'risk_declined') THEN 'not_submitted'
  WHEN s.challenged OR s.status IN ('challenged', 'challenge_abandoned') OR s.trans_status IN ('C', 'D') THEN 'challenge_requested'
  WHEN s.final_at IS NULL THEN 'awaiting'
  WHEN s.status = 'unavailable' AND s.trans_status IS NULL THEN 'failed_before_answer'
  ELSE 'frictionless' END`;

const DATA_ONLY = `(s.status = 'attempted' AND s.trans_status IS NOT DISTINCT FROM 'I')`;
const SUBMITTED = `(CASE p.phase WHEN 'awaiting' THEN s.status = 'processing' ELSE p.phase <> 'not_submitted' END)`;
const REQUESTED = `coalesce(${INDICATOR} IN (${EXEMPTION_INDICATORS.map((one) => `'${one}'`).join(', ')}), false)`;
const EXEMPTED = `(CASE WHEN ${APPLIED} IS NOT NULL THEN ${APPLIED} NOT IN ('', 'none')
  ELSE s.trans_status = 'I' AND ${INDICATOR} = 'transaction_risk_assessment' END)`;
const CHALLENGE_DONE = `(p.phase = 'challenge_requested' AND s.status IN ('approved', 'attempted', 'declined', 'rejected'))`;

const phase = (name: string): string => `p.phase = '${name}'`;
const status = (name: string): string => `s.status = '${name}'`;

/** When a session counts. `p.phase` is its phase. */
export const COUNT_SQL: Readonly<Record<CountId, string>> = {
  sessions: 'true',
  open: 's.final_at IS NULL',
  awaiting: phase('awaiting'),
  not_submitted: phase('not_submitted'),
  refused: REFUSED,
  submitted: SUBMITTED,
  submitted_for_authentication: `${SUBMITTED} AND NOT ${DATA_ONLY}`,
  frictionless: phase('frictionless'),
  frictionless_for_authentication: `${phase('frictionless')} AND NOT ${DATA_ONLY}`,
  frictionless_succeeded: `${phase('frictionless')} AND s.status IN ('approved', 'attempted') AND NOT ${DATA_ONLY}`,
  failed_before_answer: phase('failed_before_answer'),
  challenge_requested: phase('challenge_requested'),
  challenge_shown: `${phase('challenge_requested')} AND (${CHALLENGE_DONE} OR shown.session_id IS NOT NULL)`,
  challenge_completed: CHALLENGE_DONE,
  challenge_succeeded: `${phase('challenge_requested')} AND ${status('approved')}`,
  approved: status('approved'),
  attempted: `${status('attempted')} AND NOT ${DATA_ONLY}`,
  data_only: DATA_ONLY,
  declined: status('declined'),
  rejected: status('rejected'),
  issuer_declined: `${SUBMITTED} AND s.status IN ('declined', 'rejected')`,
  unavailable: status('unavailable'),
  challenge_abandoned: status('challenge_abandoned'),
  expired: status('expired'),
  technical_failure: `${phase('failed_before_answer')} OR (NOT ${REFUSED} AND ${status('unavailable')}
    AND s.status_reason IN ('ares_error', 'rreq_error'))`,
  exemption_requested: REQUESTED,
  exemption_applied: EXEMPTED,
  exemption_granted: `${REQUESTED} AND ${EXEMPTED}`,
  liability_shifted: `${SUBMITTED} AND s.liability_shift = 'yes'`,
  failed_over: 's.attempt_number > 1',
  recovered_late: 's.final_at IS NOT NULL AND late.session_id IS NOT NULL',
};
