export { AccessKeys } from './access-keys.service';
export { AccessTokens } from './access-tokens.service';
export { CredentialsAdmin, type NewAccessKey, type NewChannel, type NewMerchant } from './credentials-admin.service';
export { CREDENTIALS_CLOCK } from './credentials.clock';
export { InvalidSettings } from './credentials.errors';
export { CredentialsModule } from './credentials.module';
export {
  ENVIRONMENTS,
  type AccessKey,
  type AccessTokenActor,
  type AcquirerRecord,
  type Channel,
  type ChannelSettings,
  type Environment,
  type Merchant,
  type MerchantStatus,
  type SigningKeyInfo,
} from './domain/model';
export { GRANTABLE_SCOPES } from './domain/scopes';
export type { SettingName, SettingProblem } from './domain/settings-rules';
export { MerchantDirectory } from './merchant-directory.service';
export { CREDENTIALS_ENTITIES } from './persistence/entities';
export { CREDENTIALS_SEALED_COLUMNS } from './sealed-columns';
