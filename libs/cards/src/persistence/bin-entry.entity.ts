import { CARD_TYPES } from '@app/kernel';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of the table of BINs that this installation was given. */
@Entity('bin_entry')
@Check('ck_bin_entry_environment', `environment IN ('test', 'live')`)
@Check('ck_bin_entry_prefix', `prefix ~ '^[0-9]{6,8}$'`)
@Check('ck_bin_entry_card_type', `card_type IN (${CARD_TYPES.map((type) => `'${type}'`).join(', ')})`)
export class BinEntryEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_bin_entry' })
  environment: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_bin_entry' })
  prefix: string;

  @Column('text', { nullable: true })
  issuer: string | null;

  @Column('text', { name: 'issuer_country', nullable: true })
  issuerCountry: string | null;

  @Column('text', { name: 'card_type', nullable: true })
  cardType: string | null;
}
