import type { Scheme } from '@app/kernel';
import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { AcquirerRecord, ChannelSettings, Environment } from '../domain/model';
import { connectorsOf } from '../domain/route';
import type { StoredBranding } from './branding.repository';

/** A channel as stored: the webhook secret still sealed. */
export interface ChannelRow extends ChannelSettings {
  id: string;
  merchantId: string;
  environment: Environment;
  webhookSecretSealed: Buffer | null;
  branding: StoredBranding;
  logoHash: string | null;
  acquirers: readonly AcquirerRecord[];
  version: number;
}

/** A channel as it begins. */
export type NewChannelRow = Omit<ChannelRow, 'acquirers' | 'branding' | 'logoHash' | 'version'>;

const SELECT_CHANNEL = `
  SELECT c.id, c.merchant_id AS "merchantId", c.environment, c.name, c.route,
         c.preferred_schemes AS "preferredSchemes", c.session_minutes AS "sessionMinutes",
         c.card_retention_minutes AS "cardRetentionMinutes", c.auto_complete AS "autoComplete",
         c.webhook_secret_sealed AS "webhookSecretSealed", c.branding, c.version,
         (SELECT l.hash FROM channel_logo l WHERE l.channel_id = c.id) AS "logoHash",
         COALESCE((
           SELECT json_agg(json_build_object(
             'scheme', a.scheme, 'acquirerBin', a.acquirer_bin, 'acquirerMerchantId', a.acquirer_merchant_id,
             'mcc', a.mcc, 'countryCode', a.country_code, 'merchantName', a.merchant_name,
             'requestorId', a.requestor_id, 'requestorName', a.requestor_name, 'requestorUrl', a.requestor_url
           ) ORDER BY a.scheme)
           FROM acquirer_record a WHERE a.channel_id = c.id
         ), '[]') AS acquirers
  FROM processing_channel c`;

/** Rows of `processing_channel` with their `acquirer_record`s. */
@Injectable()
export class ChannelRepository {
  constructor(private readonly database: Database) {}

  async insert(channel: NewChannelRow, at: Date, tx: Queryable): Promise<void> {
    await tx.query(
      `INSERT INTO processing_channel (
         id, merchant_id, environment, name, route, connectors, preferred_schemes, session_minutes, card_retention_minutes,
         auto_complete, webhook_secret_sealed, created_at, updated_at
       ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
      [
        channel.id,
        channel.merchantId,
        channel.environment,
        channel.name,
        JSON.stringify(channel.route),
        connectorsOf(channel.route),
        channel.preferredSchemes,
        channel.sessionMinutes,
        channel.cardRetentionMinutes,
        channel.autoComplete,
        channel.webhookSecretSealed,
        at,
      ],
    );
  }

  async find(merchantId: string, environment: Environment, id: string): Promise<ChannelRow | null> {
    const [channel] = await this.database.query<ChannelRow>(
      `${SELECT_CHANNEL} WHERE c.merchant_id = $1 AND c.environment = $2 AND c.id = $3`,
      [merchantId, environment, id],
    );
    return channel ?? null;
  }

  /** For operators, who name a channel without its merchant. */
  async findById(id: string, tx: Queryable = this.database): Promise<ChannelRow | null> {
    const [channel] = await tx.query<ChannelRow>(`${SELECT_CHANNEL} WHERE c.id = $1`, [id]);
    return channel ?? null;
  }

  async listOfMerchant(merchantId: string): Promise<ChannelRow[]> {
    return this.database.query<ChannelRow>(`${SELECT_CHANNEL} WHERE c.merchant_id = $1 ORDER BY c.id`, [merchantId]);
  }

  /** What a merchant decides of a channel, all of it. */
  async setSettings(tx: Queryable, id: string, settings: ChannelSettings): Promise<void> {
    await tx.query(
      `UPDATE processing_channel
       SET name = $2, route = $3, connectors = $4, preferred_schemes = $5, session_minutes = $6,
           card_retention_minutes = $7, auto_complete = $8
       WHERE id = $1`,
      [
        id,
        settings.name,
        JSON.stringify(settings.route),
        connectorsOf(settings.route),
        settings.preferredSchemes,
        settings.sessionMinutes,
        settings.cardRetentionMinutes,
        settings.autoComplete,
      ],
    );
  }

  async setWebhookSecret(tx: Queryable, id: string, sealed: Buffer): Promise<void> {
    await tx.query('UPDATE processing_channel SET webhook_secret_sealed = $2 WHERE id = $1', [id, sealed]);
  }

  /** One record per channel and scheme: the same again replaces it. */
  async upsertAcquirer(channelId: string, record: AcquirerRecord, at: Date, tx: Queryable): Promise<void> {
    await tx.query(
      `INSERT INTO acquirer_record AS a (
         channel_id, scheme, acquirer_bin, acquirer_merchant_id, mcc, country_code, merchant_name, requestor_id,
         requestor_name, requestor_url, created_at, updated_at
       ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
       ON CONFLICT ON CONSTRAINT pk_acquirer_record DO UPDATE SET
         acquirer_bin = $3, acquirer_merchant_id = $4, mcc = $5, country_code = $6, merchant_name = $7,
         requestor_id = $8, requestor_name = $9, requestor_url = $10, updated_at = $11, version = a.version + 1`,
      [
        channelId,
        record.scheme satisfies Scheme,
        record.acquirerBin,
        record.acquirerMerchantId,
        record.mcc,
        record.countryCode,
        record.merchantName,
        record.requestorId,
        record.requestorName,
        record.requestorUrl,
        at,
      ],
    );
  }
}
