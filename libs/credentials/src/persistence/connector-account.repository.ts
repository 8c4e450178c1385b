import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { AccountConnector, ConnectorAccountInfo, ConnectorAccountStatus } from '../domain/connector-account';
import type { Environment } from '../domain/model';

/** A credential as stored: the secret still sealed. */
export interface CredentialRow {
  id: string;
  clientId: string;
  clientSecretSealed: Buffer;
  version: number;
  validFrom: Date;
  retiresAt: Date | null;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

/** A webhook key as stored: still sealed. */
export interface WebhookKeyRow {
  id: string;
  keySealed: Buffer;
  createdAt: Date;
  retiresAt: Date | null;
}

/** An account as stored, with its credentials and webhook keys, the newest first. */
export interface ConnectorAccountRow extends Omit<ConnectorAccountInfo, 'credentials' | 'webhookKeys'> {
  credentials: readonly CredentialRow[];
  webhookKeys: readonly WebhookKeyRow[];
}

/** A new account without what hangs on it. */
export type NewAccountRow = Omit<ConnectorAccountRow, 'credentials' | 'webhookKeys' | 'createdAt' | 'version'> & {
  webhookAddressMac: Buffer;
};

const ACCOUNT = `
  a.id, a.merchant_id AS "merchantId", a.connector, a.environment, a.name, a.api_base_url AS "apiBaseUrl",
  a.token_url AS "tokenUrl", a.scopes, a.status, a.upstream_processing_channel_id AS "upstreamProcessingChannelId",
  a.credential_version AS "credentialVersion", a.created_at AS "createdAt",
  a.version`;

// Bytes and times travel as text inside JSON: one round trip for the whole account.
const SELECT_ACCOUNT = `
  SELECT ${ACCOUNT},
         COALESCE((
           SELECT json_agg(json_build_object(
             'id', c.id, 'clientId', c.client_id, 'clientSecretSealed', encode(c.client_secret_sealed, 'base64'),
             'version', c.version, 'validFrom', c.valid_from, 'retiresAt', c.retires_at,
             'lastUsedAt', c.last_used_at, 'expiresAt', c.expires_at
           ) ORDER BY c.version DESC)
           FROM connector_credential c WHERE c.account_id = a.id
         ), '[]') AS credentials,
         COALESCE((
           SELECT json_agg(json_build_object(
             'id', k.id, 'keySealed', encode(k.key_sealed, 'base64'), 'createdAt', k.created_at,
             'retiresAt', k.retires_at
           ) ORDER BY k.created_at DESC, k.id DESC)
           FROM connector_webhook_key k WHERE k.account_id = a.id
         ), '[]') AS "webhookKeys"
  FROM connector_account a`;

type AsText<T> = {
  [K in keyof T]: T[K] extends Buffer | Date ? string : T[K] extends Date | null ? string | null : T[K];
};
type AccountText = Omit<ConnectorAccountRow, 'credentials' | 'webhookKeys'> & {
  credentials: AsText<CredentialRow>[];
  webhookKeys: AsText<WebhookKeyRow>[];
};

/** Rows of `connector_account` with their credentials and webhook keys. */
@Injectable()
export class ConnectorAccountRepository {
  constructor(private readonly database: Database) {}

  /** Runs `work` between BEGIN and COMMIT. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  async insert(tx: Queryable, account: NewAccountRow, at: Date): Promise<void> {
    await tx.query(
      `INSERT INTO connector_account (
         id, merchant_id, connector, environment, name, api_base_url, token_url, scopes, status,
         upstream_processing_channel_id, credential_version, webhook_address_mac, created_at, updated_at
       ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
      [
        account.id,
        account.merchantId,
        account.connector,
        account.environment,
        account.name,
        account.apiBaseUrl,
        account.tokenUrl,
        account.scopes,
        account.status,
        account.upstreamProcessingChannelId,
        account.credentialVersion,
        account.webhookAddressMac,
        at,
      ],
    );
  }

  async insertCredential(
    tx: Queryable,
    account: { id: string; merchantId: string },
    credential: Pick<CredentialRow, 'id' | 'clientId' | 'clientSecretSealed' | 'version' | 'validFrom' | 'expiresAt'>,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO connector_credential (
         id, account_id, merchant_id, client_id, client_secret_sealed, version, valid_from, expires_at
       ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        credential.id,
        account.id,
        account.merchantId,
        credential.clientId,
        credential.clientSecretSealed,
        credential.version,
        credential.validFrom,
        credential.expiresAt,
      ],
    );
  }

  async insertWebhookKey(
    tx: Queryable,
    account: { id: string; merchantId: string },
    key: Omit<WebhookKeyRow, 'retiresAt'>,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO connector_webhook_key (id, account_id, merchant_id, key_sealed, created_at) VALUES ($1, $2, $3, $4, $5)`,
      [key.id, account.id, account.merchantId, key.keySealed, key.createdAt],
    );
  }

  async findById(id: string, tx: Queryable = this.database): Promise<ConnectorAccountRow | null> {
    const [account] = await tx.query<AccountText>(`${SELECT_ACCOUNT} WHERE a.id = $1`, [id]);
    return account ? fromText(account) : null;
  }

  async findActive(
    merchantId: string,
    connector: AccountConnector,
    environment: Environment,
  ): Promise<ConnectorAccountRow | null> {
    const [account] = await this.database.query<AccountText>(
      `${SELECT_ACCOUNT}
       WHERE a.merchant_id = $1 AND a.connector = $2 AND a.environment = $3 AND a.status = 'active'`,
      [merchantId, connector, environment],
    );
    return account ? fromText(account) : null;
  }

  async findIdByWebhookAddress(mac: Buffer): Promise<{ id: string } | null> {
    const [account] = await this.database.query<{ id: string }>(
      'SELECT id FROM connector_account WHERE webhook_address_mac = $1',
      [mac],
    );
    return account ?? null;
  }

  async listOfMerchant(merchantId: string): Promise<ConnectorAccountRow[]> {
    const accounts = await this.database.query<AccountText>(
      `${SELECT_ACCOUNT} WHERE a.merchant_id = $1 ORDER BY a.created_at, a.id`,
      [merchantId],
    );
    return accounts.map(fromText);
  }

  async setStatus(tx: Queryable, id: string, status: ConnectorAccountStatus): Promise<void> {
    await tx.query('UPDATE connector_account SET status = $2 WHERE id = $1', [id, status]);
  }

  async setSettings(tx: Queryable, account: ConnectorAccountRow): Promise<void> {
    await tx.query(
      `UPDATE connector_account
       SET name = $2, api_base_url = $3, token_url = $4, scopes = $5, upstream_processing_channel_id = $6
       WHERE id = $1`,
      [
        account.id,
        account.name,
        account.apiBaseUrl,
        account.tokenUrl,
        account.scopes,
        account.upstreamProcessingChannelId,
      ],
    );
  }

  async setWebhookAddress(tx: Queryable, id: string, mac: Buffer): Promise<void> {
    await tx.query('UPDATE connector_account SET webhook_address_mac = $2 WHERE id = $1', [id, mac]);
  }

  async setCredentialVersion(tx: Queryable, id: string, credentialVersion: number): Promise<void> {
    await tx.query('UPDATE connector_account SET credential_version = $2 WHERE id = $1', [id, credentialVersion]);
  }

  /** Sets the end of these credentials where it would come later or not at all. */
  async retireCredentials(tx: Queryable, ids: readonly string[], retiresAt: Date): Promise<void> {
    await tx.query(
      `UPDATE connector_credential SET retires_at = LEAST(COALESCE(retires_at, $2), $2) WHERE id = ANY ($1)`,
      [ids, retiresAt],
    );
  }

  async retireWebhookKeys(tx: Queryable, ids: readonly string[], retiresAt: Date): Promise<void> {
    await tx.query('UPDATE connector_webhook_key SET retires_at = $2 WHERE id = ANY ($1)', [ids, retiresAt]);
  }

  /** Another date: what was announced of the one before does not count. */
  async setExpiry(tx: Queryable, credentialId: string, expiresAt: Date | null): Promise<void> {
    await tx.query('UPDATE connector_credential SET expires_at = $2, announced_days = NULL WHERE id = $1', [
      credentialId,
      expiresAt,
    ]);
  }

  /** Notes uses: of the credential named, else of the account's newest. Nobody competes for it. */
  async touch(uses: readonly { accountId: string; clientId: string | null }[], at: Date): Promise<void> {
    await this.database.query(
      `UPDATE connector_credential c SET last_used_at = $3
       FROM unnest($1::uuid[], $2::text[]) AS used (account_id, client_id)
       WHERE c.account_id = used.account_id AND (c.last_used_at IS NULL OR c.last_used_at < $3)
         AND CASE WHEN used.client_id IS NULL
               THEN c.version = (SELECT max(n.version) FROM connector_credential n WHERE n.account_id = c.account_id)
               ELSE c.client_id = used.client_id AND (c.retires_at IS NULL OR c.retires_at > $3) END`,
      [uses.map(({ accountId }) => accountId), uses.map(({ clientId }) => clientId), at],
    );
  }
}

function fromText({ credentials, webhookKeys, ...account }: AccountText): ConnectorAccountRow {
  return {
    ...account,
    credentials: credentials.map((row) => ({
      ...row,
      clientSecretSealed: Buffer.from(row.clientSecretSealed, 'base64'),
      validFrom: new Date(row.validFrom),
      retiresAt: dateOf(row.retiresAt),
      lastUsedAt: dateOf(row.lastUsedAt),
      expiresAt: dateOf(row.expiresAt),
    })),
    webhookKeys: webhookKeys.map((row) => ({
      ...row,
      keySealed: Buffer.from(row.keySealed, 'base64'),
      createdAt: new Date(row.createdAt),
      retiresAt: dateOf(row.retiresAt),
    })),
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
