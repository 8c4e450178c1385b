export { DirectoryServers } from './card-ranges/directory-servers';
export { DirectoryServersAdminModule } from './directory-servers-admin.module';
export { Emv3dsConnectorModule } from './emv3ds-connector.module';
export { Emv3dsConnector } from './emv3ds.connector';
export { NOTIFICATION_PATH, RREQ_PATH, RREQ_ROUTES } from './emv3ds.settings';
export { CONNECTOR_EMV3DS_ENTITIES } from './persistence/entities';
