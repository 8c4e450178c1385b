import type { Secret } from '@app/kernel';
import type { AccountConnector, UpstreamCredential } from './domain/connector-account';
import type { Environment } from './domain/model';

/** A client id and secret that an upstream gave to a merchant. */
export interface NewCredential extends UpstreamCredential {
  /** When the upstream will end it, where the merchant knows. */
  expiresAt?: Date | null;
}

/** What a new connector account is made of. `id` (UUID) only where it must be known beforehand. */
export interface NewConnectorAccount {
  id?: string;
  merchantId: string;
  connector: AccountConnector;
  environment: Environment;
  name: string;
  apiBaseUrl: string;
  tokenUrl: string;
  scopes: readonly string[];
  upstreamProcessingChannelId?: string | null;
  credential: NewCredential;
  webhookKey?: Secret;
}

/** What can be changed of an account; what is left out stays. */
export type AccountChange = Partial<
  Pick<NewConnectorAccount, 'name' | 'apiBaseUrl' | 'tokenUrl' | 'scopes' | 'upstreamProcessingChannelId'>
>;

/** What became of one credential when it was tried. `says` is for people. */
export interface CredentialTrial {
  clientId: string;
  works: boolean;
  says: string;
}
