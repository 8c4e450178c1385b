import type { ConnectorAccountView } from '@app/credentials';
import { LOG, Metrics, OutboundFailure, OutboundHttp, type Logger } from '@app/platform';
import { TokenCache, TokenRefused, TokenUnavailable, type UpstreamToken } from '@app/token-cache';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccountLinks } from './account-links';
import {
  CONNECTOR_ID,
  LINE_PATIENCE_MS,
  LONGEST_PAUSE_SECONDS,
  MAX_BODY_BYTES,
  TOKEN_PATIENCE_MS,
} from './checkout.settings';
import type { UpstreamReply } from './judgement';
import { tokenRequestOf } from './upstream-tokens';
import { VERBS, type Verb } from './verbs';

/** One call with one account. */
export interface UpstreamCall {
  account: ConnectorAccountView;
  verb: Verb;
  /** `sid_…` there, for what concerns a session that exists. */
  upstreamId?: string;
  body?: Readonly<Record<string, unknown>>;
}

/** How a try ended; the last one counts. */
export interface Try {
  reply: UpstreamReply;
  latencyMs: number;
}

interface Sent {
  reply: UpstreamReply;
  retryAfterSeconds?: number;
}

/** Reasons for which a call goes out once more, each at most once. */
type Again = 'token' | 'pause' | 'link';

/**
 * The link to the upstream: tokens, connections, patience, and a second try where it cannot do harm. It reads nothing but
 * status and JSON.
 */
@Injectable()
export class CheckoutClient {
  private readonly calls;
  private readonly seconds;
  private readonly turnedAway;

  constructor(
    private readonly http: OutboundHttp,
    private readonly tokens: TokenCache,
    private readonly links: AccountLinks,
    metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.calls = metrics.counter('upstream_calls_total', 'Calls of upstream APIs, by outcome', ['verb', 'outcome']);
    this.seconds = metrics.histogram('upstream_call_seconds', 'How long upstream APIs took, second tries included', [
      'verb',
    ]);
    this.turnedAway = metrics.counter('upstream_calls_turned_away_total', 'Calls that were not even made', ['reason']);
  }

  /** Every try in order, at least one. Never throws for what the outside world did. */
  async call(call: UpstreamCall): Promise<readonly [Try, ...Try[]]> {
    const startedAt = performance.now();
    const deadline = startedAt + VERBS[call.verb].budgetMs;
    const { circuit, bulkhead } = this.links.of(call.account.id);
    if (!circuit.admits()) return [this.turnAway('left_alone', 'the account does not answer', startedAt)];
    const tries = await bulkhead
      .run(LINE_PATIENCE_MS, () => this.tryAll(call, deadline))
      .catch((error: unknown) => {
        // It broke down on our side: a trial is still to be made.
        circuit.toldNothing();
        throw error;
      });
    if (tries === null) {
      circuit.toldNothing();
      return [this.turnAway('no_room', 'too many calls under way', startedAt)];
    }
    const { reply } = tries.at(-1) ?? tries[0];
    if (reply.outcome === 'answered' && (reply.status < 500 || reply.status === 501)) circuit.succeeded();
    else if (reply.outcome === 'failed' && !isAboutTheLink(reply)) circuit.toldNothing();
    else circuit.failed();
    this.report(call, reply, performance.now() - startedAt);
    return tries;
  }

  private async tryAll(call: UpstreamCall, deadline: number): Promise<readonly [Try, ...Try[]]> {
    const done = new Set<Again>();
    const tries: Try[] = [];
    for (;;) {
      const startedAt = performance.now();
      const token = await this.tokenOf(call.account, deadline);
      const sent =
        'reply' in token ? token : await this.send(call, token, done.has('link'), this.patience(call, done, deadline));
      tries.push({ reply: sent.reply, latencyMs: performance.now() - startedAt });
      const again = this.whyAgain(call, sent, deadline);
      if (again === null || done.has(again)) return tries as [Try, ...Try[]];
      done.add(again);
      if (again === 'token' && !('reply' in token) && !(await this.rejectToken(call.account, token))) {
        return tries as [Try, ...Try[]];
      }
      if (again === 'pause') await sleep((sent.retryAfterSeconds ?? 0) * 1000);
    }
  }

  /** What could be tried again leaves time for it. */
  private patience({ verb }: UpstreamCall, done: ReadonlySet<Again>, deadline: number): number {
    const left = deadline - performance.now();
    return VERBS[verb].repeatable && !done.has('link') ? left * 0.6 : left;
  }

  /** Nothing was done at a 401 and a 429; what can be repeated or was never sent goes over a connection of its own. */
  private whyAgain({ verb }: UpstreamCall, { reply, retryAfterSeconds }: Sent, deadline: number): Again | null {
    const leftMs = deadline - performance.now();
    if (reply.outcome === 'failed') {
      if (!isAboutTheLink(reply) || leftMs < 100 || reply.reason === 'too_large') return null;
      return !reply.requestSent || VERBS[verb].repeatable ? 'link' : null;
    }
    if (reply.status === 401) return 'token';
    if (reply.status === 429 && retryAfterSeconds !== undefined) {
      return retryAfterSeconds <= LONGEST_PAUSE_SECONDS && retryAfterSeconds * 1000 < leftMs ? 'pause' : null;
    }
    const isBroken =
      reply.status >= 500 || (isSuccess(reply.status) && reply.json === undefined && verb !== 'complete');
    return isBroken && reply.status !== 501 && VERBS[verb].repeatable && leftMs >= 100 ? 'link' : null;
  }

  private async tokenOf(account: ConnectorAccountView, deadline: number): Promise<UpstreamToken | Sent> {
    try {
      const patienceMs = Math.max(1, Math.min(TOKEN_PATIENCE_MS, deadline - performance.now()));
      return await this.tokens.token(tokenRequestOf(account), { patienceMs });
    } catch (error) {
      if (error instanceof TokenRefused) return noToken(`token refused: ${error.code}`);
      if (error instanceof TokenUnavailable) return noToken(`no token: ${error.reason}`);
      throw error;
    }
  }

  /** False when that could not be written down: then there is no other token to try with. */
  private async rejectToken(account: ConnectorAccountView, { sequence }: UpstreamToken): Promise<boolean> {
    try {
      await this.tokens.invalidate(tokenRequestOf(account), sequence);
      return true;
    } catch (error) {
      if (error instanceof TokenUnavailable) return false;
      throw error;
    }
  }

  private async send(call: UpstreamCall, token: UpstreamToken, fresh: boolean, timeoutMs: number): Promise<Sent> {
    const { method, path } = VERBS[call.verb];
    if (timeoutMs <= 0)
      return { reply: { outcome: 'failed', reason: 'timeout', detail: 'timeout', requestSent: false } };
    try {
      const { status, headers, body } = await this.http.request({
        method,
        url: call.account.apiBaseUrl + path.replace('{id}', call.upstreamId ?? ''),
        headers: {
          authorization: `Bearer ${token.accessToken.expose()}`,
          accept: 'application/json',
          'user-agent': 'countersign',
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        timeoutMs,
        maxBytes: MAX_BODY_BYTES,
        connect: 'quick',
        fresh,
      });
      const retryAfter = headers['retry-after'];
      return {
        reply: { outcome: 'answered', status, json: parsed(body) },
        ...(retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? { retryAfterSeconds: Number(retryAfter) } : {}),
      };
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error;
      const { reason, requestSent } = error;
      return { reply: { outcome: 'failed', reason, detail: reason, requestSent } };
    }
  }

  private turnAway(reason: 'left_alone' | 'no_room', detail: string, startedAt: number): Try {
    this.turnedAway.inc({ reason });
    return {
      reply: { outcome: 'failed', reason, detail, requestSent: false },
      latencyMs: performance.now() - startedAt,
    };
  }

  private report({ account, verb, upstreamId }: UpstreamCall, reply: UpstreamReply, ms: number): void {
    const outcome = reply.outcome === 'answered' ? String(reply.status) : reply.reason;
    this.calls.inc({ verb, outcome });
    this.seconds.observe({ verb }, ms / 1000);
    this.log.info(
      {
        connector: CONNECTOR_ID,
        verb,
        status: outcome,
        ms: Math.round(ms),
        accountId: account.id,
        ...(reply.outcome === 'failed' ? { problem: reply.detail } : {}),
        ...(upstreamId === undefined ? {} : { upstreamId }),
      },
      'upstream call',
    );
  }
}

const isSuccess = (status: number): boolean => status >= 200 && status <= 299;

/** Whether a failure says something about the other side. */
function isAboutTheLink({ reason }: Extract<UpstreamReply, { outcome: 'failed' }>): boolean {
  return reason !== 'no_token' && reason !== 'forbidden_address' && reason !== 'invalid_url';
}

function noToken(detail: string): Sent {
  return { reply: { outcome: 'failed', reason: 'no_token', detail, requestSent: false } };
}

/** undefined when it is no JSON. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
