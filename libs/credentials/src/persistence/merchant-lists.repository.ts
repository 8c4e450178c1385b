import {
  bindings,
  Database,
  listSql,
  readInScope,
  type ConditionSql,
  type ListQuery,
  type ListRow,
  type ListSource,
  type MerchantScope,
} from '@app/platform';
import { Injectable } from '@nestjs/common';
import type {
  AccessKeyField,
  AccessKeySort,
  ChannelField,
  ChannelSort,
  ConnectorAccountField,
  ConnectorAccountSort,
  MerchantField,
  MerchantSort,
  PublicKeyField,
  PublicKeySort,
} from '../admin/listings';
import type { ConnectorAccountInfo, UpstreamCredentialInfo } from '../domain/connector-account';
import type { AccessKey, Channel, Merchant } from '../domain/model';
import type { PublicKey } from '../domain/public-key';

/** A channel on a line of a list. */
export type ChannelLine = Pick<Channel, 'id' | 'merchantId' | 'environment' | 'name' | 'connectors' | 'version'> & {
  readonly createdAt: Date;
};

/** A connector account on a line of a list: its newest credential stands for all; null where none is left. */
export type ConnectorAccountLine = Pick<
  ConnectorAccountInfo,
  'id' | 'merchantId' | 'connector' | 'environment' | 'name' | 'status' | 'createdAt' | 'version'
> & {
  readonly [Member in keyof Pick<UpstreamCredentialInfo, 'clientId' | 'validFrom' | 'lastUsedAt' | 'expiresAt'>]:
    UpstreamCredentialInfo[Member] | null;
};

/** What is selected, from where, and which column has the merchant. */
interface Source<Field extends string, Sort extends string> extends ListSource<Field, Sort> {
  readonly columns: string;
  readonly from: string;
  readonly merchant: string;
}

const ended =
  (column: string): ConditionSql =>
  ({ values: [wanted] }) =>
    wanted === true ? `${column} <= clock_timestamp()` : `(${column} IS NULL OR ${column} > clock_timestamp())`;

const MERCHANTS: Source<MerchantField, MerchantSort> = {
  columns: 'm.id, m.name, m.status, m.created_at AS "createdAt", m.version',
  from: 'merchant m',
  merchant: 'm.id',
  filters: { id: 'm.id', name: 'm.name', status: 'm.status' },
  sorts: { name: 'm.name', created_at: 'm.created_at' },
  id: 'm.id',
};

const CHANNELS: Source<ChannelField, ChannelSort> = {
  columns: `
    c.id, c.merchant_id AS "merchantId", c.environment, c.name, c.connectors, c.created_at AS "createdAt", c.version`,
  from: 'processing_channel c',
  merchant: 'c.merchant_id',
  filters: { id: 'c.id', merchant_id: 'c.merchant_id', environment: 'c.environment' },
  sorts: { created_at: 'c.created_at', name: 'c.name' },
  id: 'c.id',
};

const ACCESS_KEYS: Source<AccessKeyField, AccessKeySort> = {
  columns: `
    k.id, k.merchant_id AS "merchantId", k.environment, k.default_channel_id AS "defaultChannelId", k.scopes,
    k.token_ttl_seconds AS "tokenTtlSeconds", k.created_at AS "createdAt", k.last_used_at AS "lastUsedAt",
    k.revoked_at AS "revokedAt"`,
  from: 'access_key k',
  merchant: 'k.merchant_id',
  filters: {
    id: 'k.id',
    merchant_id: 'k.merchant_id',
    environment: 'k.environment',
    is_ended: ended('k.revoked_at'),
  },
  sorts: { created_at: 'k.created_at' },
  id: 'k.id',
};

const PUBLIC_KEYS: Source<PublicKeyField, PublicKeySort> = {
  columns: `
    k.id, k.merchant_id AS "merchantId", k.environment, k.channel_id AS "channelId",
    k.allowed_origins AS "allowedOrigins", k.created_at AS "createdAt", k.last_used_at AS "lastUsedAt",
    k.revoked_at AS "revokedAt"`,
  from: 'public_key k',
  merchant: 'k.merchant_id',
  filters: {
    merchant_id: 'k.merchant_id',
    environment: 'k.environment',
    channel_id: 'k.channel_id',
    is_ended: ended('k.revoked_at'),
  },
  sorts: { created_at: 'k.created_at' },
  id: 'k.id',
};

const CONNECTOR_ACCOUNTS: Source<ConnectorAccountField, ConnectorAccountSort> = {
  columns: `
    a.id, a.merchant_id AS "merchantId", a.connector, a.environment, a.name, a.status, a.created_at AS "createdAt", a.version,
    c.client_id AS "clientId", c.valid_from AS "validFrom", c.last_used_at AS "lastUsedAt", c.expires_at AS "expiresAt"`,
  from: `connector_account a LEFT JOIN LATERAL (
    SELECT n.client_id, n.valid_from, n.last_used_at, n.expires_at FROM connector_credential n
    WHERE n.account_id = a.id ORDER BY n.version DESC LIMIT 1) c ON true`,
  merchant: 'a.merchant_id',
  filters: {
    id: 'a.id',
    merchant_id: 'a.merchant_id',
    environment: 'a.environment',
    connector: 'a.connector',
    status: 'a.status',
  },
  sorts: { created_at: 'a.created_at', name: 'a.name' },
  id: 'a.id',
};

/** Merchants and what is theirs, page by page, within a scope and without anything secret. */
@Injectable()
export class MerchantListsRepository {
  constructor(private readonly database: Database) {}

  merchants(query: ListQuery<MerchantField, MerchantSort>, scope: MerchantScope): Promise<(Merchant & ListRow)[]> {
    return this.page(MERCHANTS, query, scope);
  }

  channels(query: ListQuery<ChannelField, ChannelSort>, scope: MerchantScope): Promise<(ChannelLine & ListRow)[]> {
    return this.page(CHANNELS, query, scope);
  }

  accessKeys(query: ListQuery<AccessKeyField, AccessKeySort>, scope: MerchantScope): Promise<(AccessKey & ListRow)[]> {
    return this.page(ACCESS_KEYS, query, scope);
  }

  publicKeys(query: ListQuery<PublicKeyField, PublicKeySort>, scope: MerchantScope): Promise<(PublicKey & ListRow)[]> {
    return this.page(PUBLIC_KEYS, query, scope);
  }

  connectorAccounts(
    query: ListQuery<ConnectorAccountField, ConnectorAccountSort>,
    scope: MerchantScope,
  ): Promise<(ConnectorAccountLine & ListRow)[]> {
    return this.page(CONNECTOR_ACCOUNTS, query, scope);
  }

  private page<Row, Field extends string, Sort extends string>(
    source: Source<Field, Sort>,
    query: ListQuery<Field, Sort>,
    scope: MerchantScope,
  ): Promise<(Row & ListRow)[]> {
    const { values, bind } = bindings();
    const { columns, conditions, order } = listSql(query, source, bind);
    const within = scope === 'all' ? '' : ` AND ${source.merchant} = ANY(${bind(scope)}::uuid[])`;
    return readInScope(this.database, scope, (reader) =>
      reader.query<Row & ListRow>(
        `SELECT ${source.columns}, ${columns} FROM ${source.from} WHERE true${within}${conditions} ${order}`,
        values,
      ),
    );
  }
}
