import { randomBytes, timingSafeEqual } from 'node:crypto';
import { decodeId, encodeId, newUuidV7, NotFound, Secret, Unauthenticated, type Clock } from '@app/kernel';
import {
  AUDIT_SINK,
  CryptoBox,
  Database,
  includesScope,
  type Administrator,
  type AuditSink,
  type ListQuery,
  type ListRow,
  type MerchantScope,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { grantFacts } from './domain/facts';
import type { ServiceAccountFilter, ServiceAccountSort } from './domain/listings';
import type { Grant, ServiceAccount } from './domain/operator';
import { hashOfSecret } from './domain/session-secrets';
import { Grants } from './grants.service';
import { OPERATORS_CLOCK } from './operators.clock';
import { ServiceAccountRepository } from './persistence/service-account.repository';

const TOKEN_LIFE_SECONDS = 3_600;
const PROOF = 'service_account_token';
/** Who it is for, until when (seconds since 1970), and our proof of both. */
const TOKEN = /^(sva_[a-z2-7]{26}\.(\d{10}))\.([\w-]{43})$/;
/** Compared against when there is no such account, so that both answers take the same work. */
const NO_HASH = Buffer.alloc(32);

/**
 * Programs that use the admin API: client credentials (RFC 6749 section 4.4) for a token that is good for an hour. Tokens
 * are proven by our key and stored nowhere; whether an account is still welcome is looked up at every call.
 */
@Injectable()
export class ServiceAccounts {
  constructor(
    private readonly database: Database,
    private readonly repository: ServiceAccountRepository,
    private readonly grants: Grants,
    private readonly box: CryptoBox,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  async list(
    query: ListQuery<ServiceAccountFilter, ServiceAccountSort>,
    scope: MerchantScope,
  ): Promise<(ServiceAccount & ListRow)[]> {
    return this.repository.list(query, scope);
  }

  /** @throws NotFound, also for one with merchants outside of the administrator's */
  async get(id: string, { merchants }: Pick<Administrator, 'merchants'>): Promise<ServiceAccount> {
    const account = await this.repository.find(id);
    if (!account || !includesScope(merchants, account.merchants)) throw new NotFound('service_account');
    return account;
  }

  /** A new account and its secret, in clear this once. @throws GrantExceedsOwn, MerchantsUnknown */
  async create(
    wanted: Grant & { name: string },
    by: Administrator,
    reason: string | null = null,
  ): Promise<{ account: ServiceAccount; secret: Secret }> {
    await this.grants.assertGrantable(by.merchants, wanted.merchants);
    const at = this.clock.now();
    const account = { ...wanted, id: newUuidV7(at), createdAt: at, lastUsedAt: null, revokedAt: null };
    const secret = randomBytes(32).toString('base64url');
    await this.database.transaction(async (tx) => {
      await this.repository.insert(account, hashOfSecret(secret), tx);
      const subject = encodeId('serviceAccount', account.id);
      const after = { name: account.name, ...grantFacts(account) };
      await this.audit.record({ at, by, act: 'service_account.created', subject, merchantId: null, after, reason }, tx);
    });
    return { account, secret: new Secret(secret) };
  }

  /** Ends an account and its tokens, at once. @throws NotFound */
  async revoke(id: string, by: Administrator, reason: string | null = null): Promise<ServiceAccount> {
    const account = await this.get(id, by);
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const revoked = await this.repository.revoke(id, at, tx);
      if (!revoked) return account;
      const subject = encodeId('serviceAccount', id);
      const change = { before: { revoked_at: null }, after: { revoked_at: at.toISOString() } };
      await this.audit.record(
        { at, by, act: 'service_account.revoked', subject, merchantId: null, ...change, reason },
        tx,
      );
      return revoked;
    });
  }

  /** A token for these client credentials; null when they are wrong or the account has ended. */
  async issueToken(
    clientId: string,
    clientSecret: string,
  ): Promise<{ token: string; expiresInSeconds: number } | null> {
    const id = decodeId('serviceAccount', clientId);
    const account = id === null ? null : await this.repository.find(id);
    const matches = timingSafeEqual(hashOfSecret(clientSecret), account?.secretHash ?? NO_HASH);
    if (!account || !matches || account.revokedAt !== null) return null;
    const now = this.clock.now();
    await this.repository.noteUse(account.id, now);
    const claim = `${clientId}.${Math.floor(now.getTime() / 1000) + TOKEN_LIFE_SECONDS}`;
    return {
      token: `${claim}.${this.box.prove(PROOF, claim).toString('base64url')}`,
      expiresInSeconds: TOKEN_LIFE_SECONDS,
    };
  }

  /** The account behind a token, as it is now. @throws Unauthenticated */
  async authenticate(token: string): Promise<ServiceAccount> {
    const [, claim = '', until = '', proof = ''] = TOKEN.exec(token) ?? [];
    const isOurs = this.box.proves(PROOF, claim, Buffer.from(proof, 'base64url'));
    if (!isOurs || Number(until) * 1000 <= this.clock.now().getTime()) throw new Unauthenticated();
    const id = decodeId('serviceAccount', claim.split('.')[0] ?? '');
    const account = id === null ? null : await this.findActive(id);
    if (!account) throw new Unauthenticated();
    return account;
  }

  /** An account by its id (UUID), as it is now; null when there is none or it has ended. */
  async findActive(id: string): Promise<ServiceAccount | null> {
    const account = await this.repository.find(id);
    return account?.revokedAt === null ? account : null;
  }
}
