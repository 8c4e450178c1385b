import { decodeId, encodeId, NotFound } from '@app/kernel';
import { Actor, AdminRoute, ofMerchant, pageOf, parseListQuery, type AdminActor, type ListPage } from '@app/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import type { CallbackEndpoint, CallbackFigures } from '../admin/callback-figures';
import { CallbackOverview } from '../admin/callback-figures.service';
import { CALLBACK_LISTING, type CallbackLine, type ShownCallback } from '../admin/callback-listing';
import { CallbackSearch } from '../admin/callback-search.service';

/** What merchants are owed, and every try at it, for operators. */
@Controller('admin/api/callbacks')
export class AdminCallbacksController {
  constructor(
    private readonly callbacks: CallbackSearch,
    private readonly overview: CallbackOverview,
  ) {}

  @Get()
  @AdminRoute('callbacks.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(CALLBACK_LISTING, parameters);
    return pageOf(query, await this.callbacks.list(actor, query), presentLine);
  }

  /** How far behind we are, and how the last hour went. */
  @Get('figures')
  @AdminRoute('callbacks.read')
  async figures(@Actor() { merchants }: AdminActor, @Query() parameters: Record<string, unknown>): Promise<object> {
    return { environments: (await this.overview.show(ofMerchant(merchants, parameters))).map(presentFigures) };
  }

  /** Where they go: merchants name an address with each session, and keep no list of them here. */
  @Get('endpoints')
  @AdminRoute('callbacks.read')
  async endpoints(@Actor() { merchants }: AdminActor, @Query() parameters: Record<string, unknown>): Promise<object> {
    return { data: (await this.overview.endpoints(ofMerchant(merchants, parameters))).map(presentEndpoint) };
  }

  @Get(':id')
  @AdminRoute('callbacks.read')
  async show(@Actor() actor: AdminActor, @Param('id') text: string): Promise<object> {
    const id = decodeId('message', text);
    if (id === null) throw new NotFound('callback');
    return present(await this.callbacks.show(actor, id));
  }
}

type Json = Record<string, unknown>;

const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const presentLine = (message: CallbackLine): Json => ({
  id: encodeId('message', message.id),
  merchant_id: encodeId('merchant', message.merchantId),
  environment: message.environment,
  channel_id: encodeId('channel', message.channelId),
  session_id: encodeId('session', message.sessionId),
  kind: message.kind,
  url: message.url,
  state: message.state,
  tries: message.tries,
  next_try_at: timeOf(message.nextTryAt),
  last_status: message.lastStatus,
  last_problem: message.lastProblem,
  created_at: message.createdAt.toISOString(),
  delivered_at: timeOf(message.deliveredAt),
  resend_at: timeOf(message.resendAt),
});

const presentFigures = ({ hour, ...figures }: CallbackFigures): Json => ({
  environment: figures.environment,
  due: figures.due,
  oldest_due_at: timeOf(figures.oldestDueAt),
  failing: figures.failing,
  dead: figures.dead,
  last_hour: {
    owed: hour.owed,
    delivered: hour.delivered,
    at_first_try: hour.atFirstTry,
    lag_p50_seconds: hour.lagP50,
    lag_p95_seconds: hour.lagP95,
    lag_per_minute: hour.lagPerMinute,
  },
});

const presentEndpoint = (endpoint: CallbackEndpoint): Json => ({
  url: endpoint.url,
  environment: endpoint.environment,
  owed: endpoint.owed,
  delivered: endpoint.delivered,
  failing: endpoint.failing,
  dead: endpoint.dead,
  last_status: endpoint.lastStatus,
  last_problem: endpoint.lastProblem,
  last_delivered_at: timeOf(endpoint.lastDeliveredAt),
  lag_p50_seconds: endpoint.lagP50,
});

const present = (message: ShownCallback): Json => ({
  ...presentLine(message),
  payload: message.payload,
  deliveries: message.deliveries.map((delivery) => ({
    try: delivery.try,
    at: delivery.at.toISOString(),
    latency_ms: delivery.latencyMs,
    status: delivery.status,
    problem: delivery.problem,
  })),
});
