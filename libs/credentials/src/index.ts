export { acquirerFacts, channelFacts } from './admin/facts';
export { ConnectorAccountActs } from './admin/connector-account-acts.service';
export { MerchantActs } from './admin/merchant-acts.service';
export { AccessKeysAdmin, type NewAccessKey } from './access-keys-admin.service';
export { AccessKeys } from './access-keys.service';
export { AccessTokens } from './access-tokens.service';
export type { AccountChange, CredentialTrial, NewConnectorAccount, NewCredential } from './connector-account-commands';
export { ChannelBranding, type BrandingChange } from './channel-branding.service';
export { ConnectorAccountsAdmin } from './connector-accounts-admin.service';
export { ConnectorAccounts } from './connector-accounts.service';
export { CredentialsAdmin, type NewChannel, type NewMerchant } from './credentials-admin.service';
export { CONNECTOR_NAMES } from './connector-names';
export { CREDENTIALS_CLOCK } from './credentials.clock';
export { InvalidSettings } from './credentials.errors';
export { CredentialsModule } from './credentials.module';
export { accentShades, isColour, SURFACES, type AccentShades, type Shade } from './domain/accent';
export type { Branding, Logo, LogoType } from './domain/branding';
export { checkoutAddresses, type CheckoutAddresses } from './domain/checkout-addresses';
export {
  ACCOUNT_CONNECTORS,
  type AccountConnector,
  type ConnectorAccountInfo,
  type ConnectorAccountStatus,
  type ConnectorAccountView,
  type UpstreamCredential,
  type UpstreamCredentialInfo,
  type UpstreamTokenEndpoint,
} from './domain/connector-account';
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
export { PAGE_LOCALES, type PageLocale } from './domain/page-locale';
export { decodePublicKey, encodePublicKey, type PublicKey } from './domain/public-key';
export {
  chooseRoute,
  ROUTE_FLOWS,
  type Route,
  type RouteConditions,
  type RouteEntry,
  type RouteFlow,
  type RouteProblem,
  type RouteQuestion,
} from './domain/route';
export { GRANTABLE_SCOPES } from './domain/scopes';
export type { SettingName, SettingProblem } from './domain/settings-rules';
export { MerchantsAdminModule } from './merchants-admin.module';
export { MerchantDirectory } from './merchant-directory.service';
export { CREDENTIALS_ENTITIES } from './persistence/entities';
export { PublicKeysAdmin } from './public-keys-admin.service';
export { PublicKeys } from './public-keys.service';
export { CREDENTIALS_SEALED_COLUMNS } from './sealed-columns';
export {
  readTokenResponse,
  requestUpstreamToken,
  type UpstreamTokenFailure,
  type UpstreamTokenOutcome,
} from './upstream-token';
