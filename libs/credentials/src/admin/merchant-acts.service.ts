import { encodeId, NotFound, type Clock, type IdKind, type Secret } from '@app/kernel';
import {
  assertInScope,
  AUDIT_SINK,
  isAbout,
  UNREASONED,
  type Administrator,
  type AuditSink,
  type Edit,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { AlongsideChange } from '../alongside';
import { brandedBy, ChannelBranding, type BrandingChange } from '../channel-branding.service';
import { AccessKeysAdmin, type NewAccessKey } from '../access-keys-admin.service';
import { CredentialsAdmin, type NewChannel } from '../credentials-admin.service';
import { CREDENTIALS_CLOCK } from '../credentials.clock';
import type { AccessKey, AcquirerRecord, Channel, ChannelSettings, Merchant } from '../domain/model';
import { encodePublicKey, type PublicKey } from '../domain/public-key';
import { PublicKeysAdmin } from '../public-keys-admin.service';
import {
  accessKeyFacts,
  acquirerFacts,
  brandingFacts,
  channelFacts,
  differing,
  isThereAlready,
  publicKeyFacts,
  type Facts,
} from './facts';

/** What is noted of an act. */
interface Noted {
  readonly act: string;
  readonly subject: string;
  readonly merchantId: string;
  readonly before?: Facts;
  readonly after?: Facts;
  readonly reason?: string | null;
}

const wireIdOf = (kind: IdKind, { id }: { readonly id: string }): string => encodeId(kind, id);

/**
 * What operators do to merchants, their channels and keys, within the merchants of their scope. Each act and its entry of
 * the audit log are there both or not at all. Ids are UUIDs; another merchant's thing is not there.
 */
@Injectable()
export class MerchantActs {
  constructor(
    private readonly admin: CredentialsAdmin,
    private readonly accessKeys: AccessKeysAdmin,
    private readonly publicKeys: PublicKeysAdmin,
    private readonly branding: ChannelBranding,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  async merchant(actor: Administrator, id: string): Promise<Merchant> {
    assertInScope(actor, id, 'merchant');
    const merchant = await this.admin.findMerchant(id);
    if (!merchant) throw new NotFound('merchant');
    return merchant;
  }

  async createMerchant(actor: Administrator, name: string, reason: string | null = null): Promise<Merchant> {
    return this.admin.createMerchant({ name }, (tx, merchant) =>
      this.note(actor, tx, {
        act: 'merchant.created',
        subject: wireIdOf('merchant', merchant),
        merchantId: merchant.id,
        after: { name },
        reason,
      }),
    );
  }

  async renameMerchant(
    actor: Administrator,
    id: string,
    name: string,
    { reason, version }: Edit = UNREASONED,
  ): Promise<Merchant> {
    const merchant = await this.merchant(actor, id);
    if (merchant.name === name && isAbout(merchant, version)) return merchant;
    const also = this.merchantChange(actor, 'merchant.changed', 'name', reason);
    return this.admin.renameMerchant(id, name, { from: version, also });
  }

  /** Suspending twice is suspending once. */
  async suspend(actor: Administrator, id: string, { reason, version }: Edit = UNREASONED): Promise<Merchant> {
    const merchant = await this.merchant(actor, id);
    if (merchant.status === 'suspended' && isAbout(merchant, version)) return merchant;
    const also = this.merchantChange(actor, 'merchant.suspended', 'status', reason);
    return this.admin.suspendMerchant(id, { from: version, also });
  }

  async resume(actor: Administrator, id: string, { reason, version }: Edit = UNREASONED): Promise<Merchant> {
    const merchant = await this.merchant(actor, id);
    if (merchant.status === 'active' && isAbout(merchant, version)) return merchant;
    const also = this.merchantChange(actor, 'merchant.resumed', 'status', reason);
    return this.admin.resumeMerchant(id, { from: version, also });
  }

  async channel(actor: Administrator, id: string): Promise<Channel> {
    const channel = await this.admin.findChannel(id);
    if (!channel) throw new NotFound('channel');
    assertInScope(actor, channel.merchantId, 'channel');
    return channel;
  }

  async createChannel(
    actor: Administrator,
    wanted: NewChannel,
    reason: string | null = null,
  ): Promise<{ readonly channel: Channel; readonly webhookSecret: Secret }> {
    await this.merchant(actor, wanted.merchantId);
    return this.admin.createChannel(wanted, (tx, channel) =>
      this.note(actor, tx, { act: 'channel.created', ...ofChannel(channel), after: channelFacts(channel), reason }),
    );
  }

  async changeChannel(
    actor: Administrator,
    id: string,
    change: Partial<ChannelSettings>,
    { reason, version }: Edit = UNREASONED,
  ): Promise<Channel> {
    const channel = await this.channel(actor, id);
    if (isThereAlready(channelFacts, channel, change, version)) return channel;
    return this.admin.changeChannel(id, change, {
      from: version,
      also: (tx, after, before) =>
        this.note(actor, tx, {
          act: 'channel.changed',
          ...ofChannel(after),
          ...differing(channelFacts(before), channelFacts(after)),
          reason,
        }),
    });
  }

  /** How the pages of the channel look; shown within 5 s. @throws InvalidSettings */
  async brandChannel(
    actor: Administrator,
    id: string,
    change: BrandingChange,
    { reason, version }: Edit = UNREASONED,
  ): Promise<Channel> {
    const channel = await this.channel(actor, id);
    const branding = brandedBy(channel.branding, change);
    if (isThereAlready(brandingFacts, channel, { branding }, version)) return channel;
    return this.branding.change(id, change, {
      from: version,
      also: (tx, after, before) =>
        this.note(actor, tx, {
          act: 'channel.branded',
          ...ofChannel(after),
          ...differing(brandingFacts(before), brandingFacts(after)),
          reason,
        }),
    });
  }

  async setAcquirer(
    actor: Administrator,
    id: string,
    record: AcquirerRecord,
    { reason, version }: Edit = UNREASONED,
  ): Promise<Channel> {
    const channel = await this.channel(actor, id);
    const recordFacts = ({ acquirers }: Channel): Facts => {
      const one = acquirers.get(record.scheme);
      return one ? acquirerFacts(one) : {};
    };
    const acquirers = new Map([[record.scheme, record]]);
    if (isThereAlready(recordFacts, channel, { acquirers }, version)) return channel;
    return this.admin.setAcquirer(id, record, {
      from: version,
      also: (tx, after, before) => {
        const change = differing(recordFacts(before), acquirerFacts(record));
        return this.note(actor, tx, { act: 'channel.acquirer_set', ...ofChannel(after), ...change, reason });
      },
    });
  }

  /** The new secret, in clear this once. */
  async replaceWebhookSecret(
    actor: Administrator,
    id: string,
    { reason, version }: Edit = UNREASONED,
  ): Promise<Secret> {
    await this.channel(actor, id);
    return this.admin.replaceWebhookSecret(id, {
      from: version,
      also: (tx, channel) =>
        this.note(actor, tx, { act: 'channel.webhook_secret_replaced', ...ofChannel(channel), reason }),
    });
  }

  async accessKey(actor: Administrator, id: string): Promise<AccessKey> {
    const key = await this.accessKeys.find(id);
    if (!key) throw new NotFound('access_key');
    assertInScope(actor, key.merchantId, 'access_key');
    return key;
  }

  /** The key and its secret, in clear this once. */
  async issueAccessKey(
    actor: Administrator,
    wanted: NewAccessKey,
    reason: string | null = null,
  ): Promise<{ readonly key: AccessKey; readonly secret: Secret }> {
    await this.merchant(actor, wanted.merchantId);
    return this.accessKeys.create(wanted, (tx, key) =>
      this.note(actor, tx, { act: 'access_key.issued', ...ofAccessKey(key), after: accessKeyFacts(key), reason }),
    );
  }

  /** A key in place of another, which ends after the overlap; the new secret is in clear this once. */
  async rotateAccessKey(
    actor: Administrator,
    id: string,
    overlapHours: number,
    reason: string | null,
  ): Promise<{ readonly key: AccessKey; readonly old: AccessKey; readonly secret: Secret }> {
    await this.accessKey(actor, id);
    return this.accessKeys.rotate(id, overlapHours, (tx, { key, old }) =>
      this.note(actor, tx, {
        act: 'access_key.rotated',
        ...ofAccessKey(old),
        before: { ends_at: null },
        after: { ends_at: old.revokedAt?.toISOString() ?? null, replaced_by: wireIdOf('accessKey', key) },
        reason,
      }),
    );
  }

  async revokeAccessKey(actor: Administrator, id: string, reason: string | null): Promise<AccessKey> {
    await this.accessKey(actor, id);
    return this.accessKeys.revoke(id, (tx, key, before) =>
      this.note(actor, tx, { act: 'access_key.revoked', ...ofAccessKey(key), ...endOf(before, key), reason }),
    );
  }

  async createPublicKey(
    actor: Administrator,
    channelId: string,
    allowedOrigins: readonly string[],
    reason: string | null = null,
  ): Promise<PublicKey> {
    await this.channel(actor, channelId);
    return this.publicKeys.create(channelId, allowedOrigins, (tx, key) =>
      this.note(actor, tx, { act: 'public_key.created', ...ofPublicKey(key), after: publicKeyFacts(key), reason }),
    );
  }

  async revokePublicKey(actor: Administrator, id: string, reason: string | null): Promise<PublicKey> {
    const found = await this.publicKeys.find(id);
    if (!found) throw new NotFound('public_key');
    assertInScope(actor, found.merchantId, 'public_key');
    return this.publicKeys.revoke(id, (tx, key, before) =>
      this.note(actor, tx, { act: 'public_key.revoked', ...ofPublicKey(key), ...endOf(before, key), reason }),
    );
  }

  private merchantChange(
    actor: Administrator,
    act: string,
    what: 'name' | 'status',
    reason: string | null,
  ): AlongsideChange<Merchant> {
    return (tx, merchant, before) =>
      this.note(actor, tx, {
        act,
        subject: wireIdOf('merchant', merchant),
        merchantId: merchant.id,
        before: { [what]: before[what] },
        after: { [what]: merchant[what] },
        reason,
      });
  }

  private note(by: Administrator, tx: Queryable, noted: Noted): Promise<void> {
    return this.audit.record({ at: this.clock.now(), by, ...noted }, tx);
  }
}

type Subject = Pick<Noted, 'subject' | 'merchantId'>;

const ofChannel = (channel: Channel): Subject => ({
  subject: wireIdOf('channel', channel),
  merchantId: channel.merchantId,
});

const ofAccessKey = (key: AccessKey): Subject => ({
  subject: wireIdOf('accessKey', key),
  merchantId: key.merchantId,
});

const ofPublicKey = (key: PublicKey): Subject => ({ subject: encodePublicKey(key.id), merchantId: key.merchantId });

/** When a key ended, or ends, before and after. */
const endOf = (
  before: { readonly revokedAt: Date | null },
  after: { readonly revokedAt: Date | null },
): { before: Facts; after: Facts } => ({
  before: { ends_at: before.revokedAt?.toISOString() ?? null },
  after: { ends_at: after.revokedAt?.toISOString() ?? null },
});
