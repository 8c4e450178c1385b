import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Branding, Logo } from '../domain/branding';

/** Branding as it lies in its column: what is not decided is not there. In a change null takes it away. */
export type StoredBranding = { readonly [Name in keyof Omit<Branding, 'logoHash'>]?: Branding[Name] | null };

/** What `processing_channel.branding` and the rows of `channel_logo` hold. */
@Injectable()
export class BrandingRepository {
  constructor(private readonly database: Database) {}

  /** What is left out stays; a `logo` of null is taken away. */
  async change(
    tx: Queryable,
    channelId: string,
    change: StoredBranding,
    logo: Logo | null | undefined,
    at: Date,
  ): Promise<void> {
    await tx.query('UPDATE processing_channel SET branding = jsonb_strip_nulls(branding || $2::jsonb) WHERE id = $1', [
      channelId,
      JSON.stringify(change),
    ]);
    if (logo === null) await tx.query('DELETE FROM channel_logo WHERE channel_id = $1', [channelId]);
    if (!logo) return;
    await tx.query(
      `INSERT INTO channel_logo AS l (channel_id, hash, type, bytes, updated_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT pk_channel_logo
       DO UPDATE SET hash = $2, type = $3, bytes = $4, updated_at = $5, version = l.version + 1`,
      [channelId, logo.hash, logo.type, logo.bytes, at],
    );
  }

  /** A logo by its hash, whosever it is: it is for everybody to see. */
  async findLogo(hash: string): Promise<Logo | null> {
    const [logo] = await this.database.query<Logo>(
      'SELECT hash, type, bytes FROM channel_logo WHERE hash = $1 LIMIT 1',
      [hash],
    );
    return logo ?? null;
  }
}
