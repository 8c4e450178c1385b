import { acquirerFacts, channelFacts, CredentialsAdmin, type Channel } from '@app/credentials';
import { encodeId, type Clock } from '@app/kernel';
import {
  AUDIT_SINK,
  CLOCK,
  isUniqueViolation,
  type AdminActor,
  type AuditEntry,
  type AuditSink,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { SIMULATOR, type Simulator } from '../simulator';

const NAME = 'Simulator';
const REASON = 'A session is reproduced in the simulator';

/** The channel in which a merchant's sessions are replayed: its own, so that they stay within its scope and out of its others. */
@Injectable()
export class SimulatorChannels {
  constructor(
    private readonly admin: CredentialsAdmin,
    @Inject(SIMULATOR) private readonly simulator: Simulator,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Made when `by` wants it for the first time. Test environment, whatever the replayed session was. */
  async of(by: AdminActor, merchantId: string): Promise<Channel> {
    const id = idFor(merchantId);
    const channel = (await this.admin.findChannel(id)) ?? (await this.make(by, id, merchantId));
    const missing = this.simulator.acquirers.filter(({ scheme }) => !channel.acquirers.has(scheme));
    if (missing.length === 0) return channel;
    for (const record of missing) {
      const also = this.noted(by, 'channel.acquirer_set', () => acquirerFacts(record));
      await this.admin.setAcquirer(id, record, { from: null, also });
    }
    return this.found(id);
  }

  private async make(by: AdminActor, id: string, merchantId: string): Promise<Channel> {
    try {
      const wanted = { id, merchantId, environment: 'test' as const, name: NAME, connectors: ['emv3ds'] };
      await this.admin.createChannel(wanted, this.noted(by, 'channel.created', channelFacts));
    } catch (error) {
      // Two at once make it once.
      if (!isUniqueViolation(error)) throw error;
    }
    return this.found(id);
  }

  /** Its entry of the audit log, in the transaction of the change. */
  private noted(by: AdminActor, act: string, factsOf: (channel: Channel) => AuditEntry['after']) {
    return (tx: Queryable, channel: Channel): Promise<void> => {
      const subject = encodeId('channel', channel.id);
      const what = { act, subject, merchantId: channel.merchantId, after: factsOf(channel) ?? null, reason: REASON };
      return this.audit.record({ at: this.clock.now(), by, ...what }, tx);
    };
  }

  private async found(id: string): Promise<Channel> {
    const channel = await this.admin.findChannel(id);
    if (!channel) throw new Error('A channel that was just made is not there');
    return channel;
  }
}

/** One for each merchant, whoever makes it: a UUID (version 8, RFC 9562) of the merchant's own. */
function idFor(merchantId: string): string {
  const hex = createHash('sha256').update(`countersign simulator channel ${merchantId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
