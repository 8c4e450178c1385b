import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CallbackMessageEntity } from './callback-message.entity';

@Entity('callback_delivery')
export class CallbackDeliveryEntity {
  @PrimaryColumn('uuid', { name: 'message_id', primaryKeyConstraintName: 'pk_callback_delivery' })
  @ForeignKey(() => CallbackMessageEntity, { name: 'fk_callback_delivery_message', onDelete: 'CASCADE' })
  messageId: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_callback_delivery' })
  try: number;

  @Column('timestamptz')
  at: Date;

  @Column('integer', { name: 'latency_ms' })
  latencyMs: number;

  @Column('integer', { nullable: true })
  status: number | null;

  @Column('text', { nullable: true })
  problem: string | null;
}
