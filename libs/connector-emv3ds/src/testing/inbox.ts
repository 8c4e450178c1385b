/** An inbox that answers as told and remembers what came, behind the lookup that the controllers use. */
import type { Ack, ChallengeReturn, MaskedNotice, NoticeInbox, NoticeSecrets } from '@app/authentication-port';
import type { ModuleRef } from '@nestjs/core';

export interface Accepted {
  connector: string;
  noticeId: string;
  correlationKey: string;
  notice: MaskedNotice;
  secrets: NoticeSecrets;
}

export class RecordingInbox implements NoticeInbox {
  readonly accepted: Accepted[] = [];
  readonly returned: string[] = [];

  constructor(private readonly reply: () => Promise<Ack>) {}

  async accept(
    connector: string,
    noticeId: string,
    correlationKey: string,
    notice: MaskedNotice,
    secrets: NoticeSecrets,
  ): Promise<Ack> {
    this.accepted.push({ connector, noticeId, correlationKey, notice, secrets });
    return this.reply();
  }

  async challengeReturned(_connector: string, correlationKey: string): Promise<ChallengeReturn> {
    await this.reply();
    this.returned.push(correlationKey);
    return { known: true, notificationUrl: null };
  }

  /** What Nest gives to whoever looks the inbox up. */
  asModules(): ModuleRef {
    return { get: () => this } as unknown as ModuleRef;
  }
}
