import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DirectoryServerEntity } from './directory-server.entity';

/** How many authentication requests to a directory server took about as long within five minutes, in the whole cluster. */
@Entity('directory_server_call')
@Check('ck_directory_server_call_bin', 'bin BETWEEN 0 AND 56')
@ForeignKey(() => DirectoryServerEntity, ['environment', 'directoryServerId'], ['environment', 'id'], {
  name: 'fk_directory_server_call_directory_server',
  onDelete: 'CASCADE',
})
export class DirectoryServerCallEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_directory_server_call' })
  environment: string;

  @PrimaryColumn('text', { name: 'directory_server_id', primaryKeyConstraintName: 'pk_directory_server_call' })
  directoryServerId: string;

  /** When the five minutes began. */
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_directory_server_call' })
  at: Date;

  @PrimaryColumn('boolean', { name: 'is_good', primaryKeyConstraintName: 'pk_directory_server_call' })
  isGood: boolean;

  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'pk_directory_server_call' })
  bin: number;

  @Column('int')
  calls: number;
}
