import { CredentialsAdmin } from '@app/credentials';
import { DEMO_HISTORY_MERCHANTS, DemoSessions, type DemoHistoryMerchant } from '@app/sessions';
import { Injectable } from '@nestjs/common';

/** Gives the demo a past: merchants of its own, to whom nobody has a key, with thirty days of sessions. */
@Injectable()
export class DemoHistory {
  constructor(
    private readonly admin: CredentialsAdmin,
    private readonly sessions: DemoSessions,
  ) {}

  /** Once for an installation: the past ends when its first merchant was made. A start that was cut off is gone on with. */
  async ensure(): Promise<void> {
    const made: Date[] = [];
    for (const merchant of DEMO_HISTORY_MERCHANTS) made.push(await this.ensureMerchant(merchant));
    const [end] = made;
    if (end !== undefined) await this.sessions.fill(end);
  }

  private async ensureMerchant({ merchantId, channelId, name, connectors }: DemoHistoryMerchant): Promise<Date> {
    const merchant =
      (await this.admin.findMerchant(merchantId)) ?? (await this.admin.createMerchant({ id: merchantId, name }));
    if ((await this.admin.findChannel(channelId)) === null) {
      await this.admin.createChannel({ id: channelId, merchantId, environment: 'test', name: 'Web shop', connectors });
    }
    return merchant.createdAt;
  }
}
