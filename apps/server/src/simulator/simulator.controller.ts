import type { Clock } from '@app/kernel';
import { Actor, AdminRoute, AUDIT_SINK, CLOCK, readBody, type AdminActor, type AuditSink } from '@app/platform';
import { Body, Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { FAULT_MODES, FaultsDto, presentFaults, SimulatorResetDto, wantedFaults } from './faults';
import { SimulatorClient } from './simulator.client';

/** The simulator for operators: its cards, and what is wrong with it. Only where there is one. */
@Controller('admin/api/simulator')
export class SimulatorController {
  constructor(
    private readonly simulator: SimulatorClient,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The one place that tells whole card numbers: these are published. */
  @Get()
  @AdminRoute('simulator.read')
  async show(): Promise<object> {
    const { cards, challengePassword } = await this.simulator.cardTable();
    return {
      shop_url: this.simulator.url,
      challenge_password: challengePassword,
      cards: cards.map(({ methodUrl, reason = null, ...card }) => ({ ...card, reason, has_method: methodUrl })),
      fault_modes: FAULT_MODES,
      ...(await this.state()),
    };
  }

  /** Replaces the faults of directory servers, results and callbacks: they strike sessions of all merchants. */
  @Put('faults')
  @AdminRoute('simulator.use', { ofAllMerchants: true })
  async replace(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const dto = readBody(FaultsDto, body);
    const before = await this.simulator.faults();
    await this.note(actor, 'simulator.faults_set', dto.reason, {
      before: presentFaults(before),
      after: wantedFaults(dto) as Record<string, unknown>,
    });
    await this.simulator.replaceFaults(wantedFaults(dto));
    return this.state();
  }

  /** Ends every fault, its Checkout.com's too. */
  @Post('reset')
  @HttpCode(200)
  @AdminRoute('simulator.use', { ofAllMerchants: true, once: 'answered' })
  async reset(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const { reason } = readBody(SimulatorResetDto, body ?? {});
    await this.note(actor, 'simulator.reset', reason, { before: presentFaults(await this.simulator.faults()) });
    await this.simulator.replaceFaults({});
    await this.simulator.endUpstreamFaults();
    return this.state();
  }

  private async state(): Promise<object> {
    const [faults, upstream] = await Promise.all([this.simulator.faults(), this.simulator.upstreamFaults()]);
    return {
      faults: presentFaults(faults),
      upstream_faults: upstream.map(({ on, mode, times, struck }) => ({ on, mode, times, struck })),
    };
  }

  /** Noted before it is done: whoever asked has asked, whatever comes of it. */
  private note(
    by: AdminActor,
    act: string,
    reason: string | undefined,
    what: { before: Record<string, unknown>; after?: Record<string, unknown> },
  ): Promise<void> {
    const at = this.clock.now();
    return this.audit.record({ at, by, act, subject: 'simulator', merchantId: null, reason: reason ?? null, ...what });
  }
}
