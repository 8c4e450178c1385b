import { encodeId } from '@app/kernel';
import type { ExportedSession } from '../admin/session-export.service';
import type { ShownSession } from '../admin/session-search.service';
import type { SessionStory } from '../admin/session-story';
import type { SessionSummary } from '../admin/session-summary';
import { isDemoHistory } from '../demo/demo-cast';
import { isFinal } from '../domain/session.machine';
import { verdictOf, type Verdict } from '../domain/verdict';

type Json = Record<string, unknown>;

/** A session on a line of the operators' list. `now` decides what is past its deadline. */
export function presentSummary(session: SessionSummary, now: Date): Json {
  const facts = session.attempt?.facts;
  const { purchase } = session;
  return {
    id: encodeId('session', session.id),
    merchant_id: encodeId('merchant', session.merchantId),
    channel_id: encodeId('channel', session.channelId),
    environment: session.environment,
    created_at: session.createdAt.toISOString(),
    updated_at: session.updatedAt.toISOString(),
    final_at: session.finalAt?.toISOString() ?? null,
    status: session.status,
    status_reason: session.statusReason,
    refusal_code: session.refusalCode,
    verdict: presentVerdict(verdictIn(session)),
    trans_status: facts?.transStatus ?? null,
    trans_status_reason: facts?.transStatusReason ?? null,
    eci: facts?.eci ?? null,
    scheme: session.scheme,
    bin: session.bin,
    last_four: session.lastFour,
    issuer: session.issuer,
    issuer_country: session.issuerCountry,
    card_type: session.cardType,
    amount: session.amountMinor,
    currency: session.currency,
    reference: session.reference,
    flow: session.flow,
    device_channel: session.deviceChannel,
    authentication_category: purchase.authenticationCategory,
    authentication_type: purchase.authenticationType,
    protocol_version: session.attempt?.protocolVersion ?? null,
    connector: session.attempt?.connector ?? null,
    attempts: session.attempts,
    acs:
      facts?.acs === undefined
        ? null
        : { reference_number: facts.acs.referenceNumber ?? null, operator_id: facts.acs.operatorId ?? null },
    challenged: session.challenged,
    is_past_deadline: session.deadlineAt !== null && session.deadlineAt < now,
    retry_of: session.retryOf && encodeId('session', session.retryOf),
    is_demo: isDemoHistory(session.merchantId),
  };
}

/** A session as a row of a file. */
export function presentRow({ session, measured }: ExportedSession, now: Date): Json {
  const { purchase, attempt, attempts, completedAt } = session;
  const facts = attempt?.facts;
  const error = facts?.error;
  return {
    ...presentSummary(session, now),
    completed_at: completedAt?.toISOString() ?? null,
    challenge_indicator: purchase.challengeIndicator,
    challenge_cancel: facts?.challengeCancel ?? null,
    results_status: facts?.resultsStatus ?? null,
    result_source: facts?.resultSource ?? null,
    interaction_counter: facts?.interactionCounter ?? null,
    transaction_id: attempt?.transactionId ?? null,
    ds_transaction_id: facts?.dsTransactionId ?? null,
    acs_transaction_id: facts?.acs?.transactionId ?? null,
    error:
      error === undefined ? null : { code: error.code, component: error.component, description: error.description },
    failed_over: attempts > 1,
    exemption_requested: measured?.exemptionRequested ?? null,
    exemption_applied: measured?.exemptionApplied ?? null,
    recovered_late: measured?.isRecoveredLate ?? null,
    callback_lag_ms: measured?.callbackLagMs ?? null,
    legs_ms: measured?.legsMs ?? null,
  };
}

/** A session with its whole story, and what can be done to it. */
export function presentStory(
  session: SessionSummary,
  story: SessionStory,
  obstacles: ShownSession['obstacles'],
  now: Date,
): Json {
  return {
    ...presentSummary(session, now),
    acts: Object.fromEntries(
      Object.entries(obstacles).map(([act, obstacle]) => [
        act,
        { allowed: obstacle === null, code: obstacle?.code ?? null, why: obstacle?.why ?? null },
      ]),
    ),
    deadline_at: session.deadlineAt?.toISOString() ?? null,
    completed_at: session.completedAt?.toISOString() ?? null,
    callback_url: session.callbackUrl,
    retried_as: story.chain.retriedAs && encodeId('session', story.chain.retriedAs),
    try_number: story.chain.number,
    reproduced_from: story.replays.of && encodeId('session', story.replays.of),
    reproductions: story.replays.by.map((id) => encodeId('session', id)),
    challenge_indicator: session.purchase.challengeIndicator,
    request: session.purchase,
    timeline: story.events.map((event) => ({
      seq: event.seq,
      at: event.at.toISOString(),
      type: event.type,
      from: event.from,
      to: event.to,
      actor: event.actor,
      attempt: event.attemptNumber,
      leg: event.leg,
      data: event.data,
    })),
    page_legs: story.pageLegs.map(({ leg, at }) => ({ leg, at: at.toISOString() })),
    attempts_made: story.attempts.map((attempt) => ({
      number: attempt.number,
      connector: attempt.connector,
      protocol_version: attempt.protocolVersion,
      transaction_id: attempt.transactionId,
      ds_transaction_id: attempt.facts.dsTransactionId ?? null,
      acs_transaction_id: attempt.facts.acs?.transactionId ?? null,
      method_url: attempt.methodUrl,
      progress: attempt.progress,
      error: attempt.facts.error ?? null,
      created_at: attempt.createdAt.toISOString(),
    })),
    messages: story.exchanges.map((exchange) => ({
      seq: exchange.seq,
      attempt: exchange.attemptNumber,
      direction: exchange.direction,
      message_type: exchange.messageType,
      at: exchange.at.toISOString(),
      latency_ms: exchange.latencyMs,
      body: exchange.body,
      problem: exchange.problem,
    })),
    callbacks: story.callbacks.map(presentCallback),
  };
}

function presentCallback(message: SessionStory['callbacks'][number]): Json {
  return {
    id: encodeId('message', message.id),
    kind: message.kind,
    url: message.url,
    state: message.state,
    created_at: message.createdAt.toISOString(),
    delivered_at: message.deliveredAt?.toISOString() ?? null,
    next_try_at: message.nextTryAt?.toISOString() ?? null,
    resend_at: message.resendAt?.toISOString() ?? null,
    deliveries: message.deliveries.map((delivery) => ({
      try: delivery.try,
      at: delivery.at.toISOString(),
      duration_ms: delivery.latencyMs,
      status: delivery.status,
      problem: delivery.problem,
    })),
  };
}

/** What was turned away never was an authentication: there is nothing to judge. */
function verdictIn({ status, purchase, attempt, scheme, refusalCode }: SessionSummary): Verdict | null {
  if (!isFinal(status) || refusalCode !== null || attempt === null || scheme === null) return null;
  return verdictOf({ status, details: { purchase }, attempt: { scheme, facts: attempt.facts } });
}

function presentVerdict(verdict: Verdict | null): Json | null {
  return (
    verdict && {
      decided_by: verdict.decidedBy,
      liability_shift: verdict.liabilityShift,
      advice: verdict.advice,
      text: verdict.text,
    }
  );
}
