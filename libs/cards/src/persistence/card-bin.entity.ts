import { CARD_TYPES } from '@app/kernel';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

const KNOWN_TYPES = `IN (${CARD_TYPES.map((type) => `'${type}'`).join(', ')})`;

/** A BIN that some session's card had, and what is known of it: by the table of BINs, else by what upstreams told. */
@Entity('card_bin')
@Check('ck_card_bin_environment', `environment IN ('test', 'live')`)
@Check('ck_card_bin_bin', `bin ~ '^[0-9]{6,8}$'`)
@Check('ck_card_bin_card_type', `card_type ${KNOWN_TYPES}`)
@Check('ck_card_bin_told_card_type', `told_card_type ${KNOWN_TYPES}`)
export class CardBinEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_card_bin' })
  environment: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_card_bin' })
  bin: string;

  @Column('text', { nullable: true })
  issuer: string | null;

  @Column('text', { name: 'issuer_country', nullable: true })
  issuerCountry: string | null;

  @Column('text', { name: 'card_type', nullable: true })
  cardType: string | null;

  @Column('text', { name: 'told_issuer', nullable: true })
  toldIssuer: string | null;

  @Column('text', { name: 'told_issuer_country', nullable: true })
  toldIssuerCountry: string | null;

  @Column('text', { name: 'told_card_type', nullable: true })
  toldCardType: string | null;
}
