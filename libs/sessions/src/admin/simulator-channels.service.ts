import { CredentialsAdmin, type Channel } from '@app/credentials';
import { isUniqueViolation } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { SIMULATOR, type Simulator } from '../simulator';

const NAME = 'Simulator';

/** The channel in which a merchant's sessions are replayed: its own, so that they stay within its scope and out of its others. */
@Injectable()
export class SimulatorChannels {
  constructor(
    private readonly admin: CredentialsAdmin,
    @Inject(SIMULATOR) private readonly simulator: Simulator,
  ) {}

  /** Made when it is wanted for the first time. Test environment, whatever the replayed session was. */
  async of(merchantId: string): Promise<Channel> {
    const id = idFor(merchantId);
    const channel = (await this.admin.findChannel(id)) ?? (await this.make(id, merchantId));
    const missing = this.simulator.acquirers.filter(({ scheme }) => !channel.acquirers.has(scheme));
    if (missing.length === 0) return channel;
    for (const record of missing) await this.admin.setAcquirer(id, record);
    return this.found(id);
  }

  private async make(id: string, merchantId: string): Promise<Channel> {
    try {
      await this.admin.createChannel({ id, merchantId, environment: 'test', name: NAME, connectors: ['emv3ds'] });
    } catch (error) {
      // Two at once make it once.
      if (!isUniqueViolation(error)) throw error;
    }
    return this.found(id);
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
