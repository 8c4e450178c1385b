import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DirectoryServerEntity } from './directory-server.entity';

const BOUNDS = `start_range ~ '^[0-9]{13,19}$' AND end_range ~ '^[0-9]{13,19}$' AND length(start_range) = length(end_range)`;

/** One range of card numbers as its directory server published it; bounds inclusive, digits of the same length. */
@Entity('card_range')
@Check('ck_card_range_bounds', BOUNDS)
@ForeignKey(() => DirectoryServerEntity, ['environment', 'directoryServerId'], ['environment', 'id'], {
  name: 'fk_card_range_directory_server',
  onDelete: 'CASCADE',
})
export class CardRangeEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_card_range' })
  environment: string;

  @PrimaryColumn('text', { name: 'directory_server_id', primaryKeyConstraintName: 'pk_card_range' })
  directoryServerId: string;

  @PrimaryColumn('text', { name: 'start_range', primaryKeyConstraintName: 'pk_card_range' })
  startRange: string;

  @PrimaryColumn('text', { name: 'end_range', primaryKeyConstraintName: 'pk_card_range' })
  endRange: string;

  @Column('text', { name: 'acs_start_version' })
  acsStartVersion: string;

  @Column('text', { name: 'acs_end_version' })
  acsEndVersion: string;

  @Column('text', { name: 'ds_start_version', nullable: true })
  dsStartVersion: string | null;

  @Column('text', { name: 'ds_end_version', nullable: true })
  dsEndVersion: string | null;

  @Column('text', { name: 'method_url', nullable: true })
  methodUrl: string | null;

  @Column('text', { name: 'acs_info_ind', array: true, nullable: true })
  acsInfoInd: string[] | null;
}
