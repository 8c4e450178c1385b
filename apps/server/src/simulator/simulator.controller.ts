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
    await this.change(actor, 'simulator.faults_set', dto);
    return this.state();
  }

  /** Ends every fault, its Checkout.com's too. */
  @Post('reset')
  @HttpCode(200)
  @AdminRoute('simulator.use', { ofAllMerchants: true, once: 'answered' })
  async reset(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    await this.change(actor, 'simulator.reset', readBody(SimulatorResetDto, body ?? {}));
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
  private async change(by: AdminActor, act: string, dto: FaultsDto): Promise<void> {
    const wanted = wantedFaults(dto);
    await this.audit.record({
      at: this.clock.now(),
      by,
      act,
      subject: 'simulator',
      merchantId: null,
      before: presentFaults(await this.simulator.faults()),
      after: presentFaults(wanted),
      reason: dto.reason ?? null,
    });
    await this.simulator.replaceFaults(wanted);
  }
}
