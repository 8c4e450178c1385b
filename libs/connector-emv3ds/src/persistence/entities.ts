import { CardRangeEntity } from './card-range.entity';
import { DirectoryServerCallEntity } from './directory-server-call.entity';
import { DirectoryServerEntity } from './directory-server.entity';

/** Tables of the native connector, for the one data source. */
export const CONNECTOR_EMV3DS_ENTITIES = [DirectoryServerEntity, CardRangeEntity, DirectoryServerCallEntity];
