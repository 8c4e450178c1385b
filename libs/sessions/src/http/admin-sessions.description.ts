import { SCHEMES } from '@app/kernel';
import { ISSUER_FRAME, OF_MERCHANT, shapes, type AdminDescription, type RouteDescription } from '@app/platform';
import { SESSION_EXPORT, SESSION_LISTING } from '../admin/session-listing';
import { SESSION_STATUSES } from '../domain/session.machine';
import { ADVICE } from '../domain/verdict';
import { RetryDto, SessionActDto } from './admin-sessions.dto';

const { count, flag, id, integer, listOf, mapOf, number, object, oneOf, orNull, ref, text, time, told, whole } = shapes;

const STATUS = ref('SessionStatus');

const LINE = {
  id: id('session'),
  merchant_id: id('merchant'),
  channel_id: id('channel'),
  environment: oneOf(['test', 'live']),
  created_at: time,
  updated_at: time,
  final_at: orNull(time),
  status: STATUS,
  status_reason: orNull(text),
  refusal_code: told('Why it was turned away at creation', orNull(text)),
  verdict: orNull(ref('Verdict')),
  trans_status: orNull(text),
  trans_status_reason: orNull(text),
  eci: orNull(text),
  scheme: orNull(oneOf(SCHEMES)),
  bin: orNull(text),
  last_four: orNull(text),
  issuer: told('As what is known of the BIN tells; null where nothing is', orNull(text)),
  issuer_country: told('ISO 3166-1, two letters', orNull(text)),
  card_type: orNull(oneOf(ISSUER_FRAME.card_type.words)),
  amount: told('In minor units', integer),
  currency: text,
  reference: orNull(text),
  flow: oneOf(['hosted', 'non_hosted']),
  device_channel: orNull(oneOf(['browser', 'app', 'merchant_initiated'])),
  authentication_category: text,
  authentication_type: text,
  protocol_version: orNull(text),
  connector: orNull(text),
  attempts: count,
  acs: orNull(whole({ reference_number: orNull(text), operator_id: orNull(text) })),
  challenged: told('Null until the issuer side has finished', orNull(flag)),
  is_past_deadline: flag,
  retry_of: told('The session in whose place an operator made it', orNull(id('session'))),
  is_demo: told('It never was: it is there to be looked at', flag),
};

const act = (operationId: string, summary: string, more: Partial<RouteDescription> = {}): RouteDescription => ({
  id: operationId,
  summary,
  body: SessionActDto,
  answer: 'Session',
  refusals: [409],
  ...more,
});

export const DESCRIPTION: AdminDescription = {
  tag: 'Sessions',
  schemas: {
    SessionStatus: oneOf(SESSION_STATUSES),
    Verdict: whole({
      decided_by: oneOf(['issuer', 'directory_server', 'cardholder', 'nobody']),
      liability_shift: oneOf(['yes', 'no', 'unknown']),
      advice: oneOf(ADVICE),
      text,
    }),
    SessionLine: whole(LINE),
    SessionEvent: whole({
      seq: count,
      at: time,
      type: text,
      from: orNull(STATUS),
      to: STATUS,
      actor: told('A wire id, `issuer`, `cardholder` or `system`', text),
      attempt: count,
      leg: orNull(text),
      data: object,
    }),
    PageLeg: whole({ leg: text, at: time }),
    Attempt: whole({
      number: count,
      connector: text,
      protocol_version: text,
      transaction_id: text,
      ds_transaction_id: orNull(text),
      acs_transaction_id: orNull(text),
      method_url: orNull(text),
      progress: text,
      error: orNull(object),
      created_at: time,
    }),
    Message: told(
      'One masked protocol message or upstream call',
      whole({
        seq: count,
        attempt: count,
        direction: oneOf(['sent', 'received']),
        message_type: text,
        at: time,
        latency_ms: orNull(count),
        body: orNull(object),
        problem: orNull(text),
      }),
    ),
    SessionCallback: whole({
      id: id('message'),
      kind: text,
      url: text,
      state: oneOf(['due', 'delivered', 'dead']),
      created_at: time,
      delivered_at: orNull(time),
      next_try_at: orNull(time),
      resend_at: told('Since when a delivered one is wanted once more', orNull(time)),
      deliveries: listOf(
        whole({ try: count, at: time, duration_ms: count, status: orNull(integer), problem: orNull(text) }),
      ),
    }),
    ActState: told(
      'Whether an act can be done now, and why not',
      whole({ allowed: flag, code: orNull(text), why: orNull(text) }),
    ),
    Session: whole({
      ...LINE,
      acts: mapOf(ref('ActState')),
      deadline_at: orNull(time),
      completed_at: orNull(time),
      callback_url: orNull(text),
      retried_as: told('The session that stands in for it', orNull(id('session'))),
      try_number: told('Which try it is; the session that began it all was the first', count),
      reproduced_from: told('The session that it replays at the simulator', orNull(id('session'))),
      reproductions: told('Those that replay it, the newest first', listOf(id('session'))),
      challenge_indicator: orNull(text),
      request: object,
      timeline: listOf(ref('SessionEvent')),
      page_legs: listOf(ref('PageLeg')),
      attempts_made: listOf(ref('Attempt')),
      messages: listOf(ref('Message')),
      callbacks: listOf(ref('SessionCallback')),
    }),
    RetryPlan: whole({
      kind: oneOf(['drive_on', 'new_session', 'not_possible']),
      code: orNull(text),
      explanation: told('What would happen, for people', listOf(text)),
      link_hours: orNull(whole({ least: count, most: count, usual: count })),
      retry_of: orNull(id('session')),
      retried_as: orNull(id('session')),
    }),
    Retried: whole({
      kind: oneOf(['drive_on', 'new_session']),
      session_id: id('session'),
      status: STATUS,
      hosted_url: told('For the cardholder alone; shown this once', orNull(text)),
      link_ends_at: orNull(time),
    }),
    Overview: whole({
      last_hour: listOf(
        whole({
          environment: oneOf(['test', 'live']),
          sessions: count,
          per_minute: listOf(count),
          submitted_per_minute: listOf(count),
          submitted_for_authentication_per_minute: listOf(count),
          authenticated_per_minute: listOf(count),
          answered_per_minute: listOf(count),
          frictionless_per_minute: listOf(count),
          submitted: count,
          submitted_for_authentication: count,
          authentication_rate: orNull(number),
          frictionless: count,
          challenge_requested: count,
          frictionless_rate: orNull(number),
          past_deadline: told('Open, more than a minute past their deadline, however old', count),
        }),
      ),
    }),
    ConnectorHealth: whole({
      last_hour: listOf(
        whole({
          environment: oneOf(['test', 'live']),
          connector: text,
          calls: told('To the other side: a directory server, an upstream', count),
          failed: told('Without an answer that can be used', count),
          error_rate: orNull(number),
          p50_ms: orNull(number),
          p95_ms: orNull(number),
          p50_ms_per_minute: told('The median of each minute, the oldest first', listOf(orNull(number))),
        }),
      ),
    }),
  },
  routes: {
    'GET overview': { id: 'getOverview', summary: 'The last hour', query: OF_MERCHANT, answer: 'Overview' },
    'GET overview/connectors': {
      id: 'getConnectorHealth',
      summary: 'How the last hour went with each connector that was called',
      query: OF_MERCHANT,
      answer: 'ConnectorHealth',
    },
    'GET sessions': { id: 'listSessions', summary: 'Find sessions', list: SESSION_LISTING, answer: 'SessionLine' },
    'GET sessions/export': {
      id: 'exportSessions',
      summary: 'All that a filter finds, as a file; `fields` chooses the columns',
      description:
        'In CSV the parts of `verdict`, `acs`, `error` and `legs_ms` are columns of their own, named `acs_operator_id` and the like. ' +
        '`legs_ms` has the length of each leg and `callback_lag_ms` how long the merchant waited for its callback, in whole ' +
        'milliseconds; they, exemptions and `recovered_late` are by the definitions of `GET reports/catalogue`.',
      list: SESSION_EXPORT,
      query: { format: { description: 'The kind of file', schema: { ...oneOf(['csv', 'ndjson']), default: 'csv' } } },
      answerType: ['text/csv', 'application/x-ndjson'],
    },
    'GET sessions/:id': { id: 'getSession', summary: 'A session with its whole story', answer: 'Session' },
    'POST sessions/:id/re-sync': act('reSyncSession', 'Ask the connector what became of it'),
    'POST sessions/:id/resend-callback': act('resendCallback', 'Send its merchant the last callback again', {}),
    'POST sessions/:id/expire': act('expireSession', 'End it as its deadline would'),
    'GET sessions/:id/retry': {
      id: 'explainRetry',
      summary: 'What a retry would do; nothing happens',
      answer: 'RetryPlan',
    },
    'POST sessions/:id/retry': act('retrySession', 'Try it again', {
      body: RetryDto,
      answer: 'Retried',
    }),
  },
};
