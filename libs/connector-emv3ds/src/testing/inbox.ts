/** An inbox that answers as told and remembers what came, behind the lookup that the controllers use. */
import type {
  Ack,
  ChallengeReturn,
  MaskedNotice,
  NoticeInbox,
  NoticeSecrets,
  TransStatus,
} from '@app/authentication-port';
import type { ModuleRef } from '@nestjs/core';

/** What this inbox takes for proof of having been at our page, and where that is. */
export const TICKET = 'dGlja2V0';
export const HOME = 'https://3ds.example/hosted/abc';

export interface Accepted {
  connector: string;
  noticeId: string;
  correlationKey: string;
  notice: MaskedNotice;
  secrets: NoticeSecrets;
}

export class RecordingInbox implements NoticeInbox {
  readonly accepted: Accepted[] = [];
  readonly returned: (string | null)[] = [];
  /** What each return said of the result. */
  readonly claims: (TransStatus | undefined)[] = [];

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

  async challengeReturned(
    _connector: string,
    correlationKey: string | null,
    sessionData?: string,
    claim?: TransStatus,
  ): Promise<ChallengeReturn> {
    await this.reply();
    this.returned.push(correlationKey);
    this.claims.push(claim);
    return { known: true, notificationUrl: null, returnUrl: sessionData === TICKET ? HOME : null };
  }

  /** What Nest gives to whoever looks the inbox up. */
  asModules(): ModuleRef {
    return { get: () => this } as unknown as ModuleRef;
  }
}
