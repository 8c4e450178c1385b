import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProcessingChannelEntity } from './processing-channel.entity';

@Entity('channel_logo')
@Index('ix_channel_logo_hash', ['hash'])
@Check('ck_channel_logo_hash', `hash ~ '^[0-9a-f]{64}$'`)
@Check('ck_channel_logo_type', `type IN ('image/png', 'image/jpeg', 'image/webp')`)
@Check('ck_channel_logo_bytes', 'octet_length(bytes) BETWEEN 1 AND 65536')
export class ChannelLogoEntity {
  @ForeignKey(() => ProcessingChannelEntity, { name: 'fk_channel_logo_channel' })
  @PrimaryColumn('uuid', { name: 'channel_id', primaryKeyConstraintName: 'pk_channel_logo' })
  channelId: string;

  @Column('text')
  hash: string;

  @Column('text')
  type: string;

  @Column('bytea')
  bytes: Buffer;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('int', { default: 1 })
  version: number;
}
