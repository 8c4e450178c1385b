/** Merchants and what is theirs, as the admin API tells them. */
import type { Schemas } from '../api/admin-api';

export type Merchant = Schemas['Merchant'];
export type Environment = Schemas['ChannelLine']['environment'];

export type ChannelLine = Schemas['ChannelLine'];
export type Channel = Schemas['Channel'];
/** Who the merchant is to one scheme. */
export type AcquirerRecord = Channel['acquirers'][number];

export type AccessKey = Schemas['AccessKey'];
/** Told once. */
export type IssuedKey = Schemas['IssuedAccessKey'];
export type PublicKey = Schemas['PublicKey'];

export type AccountLine = Schemas['ConnectorAccountLine'];
export type Account = Schemas['ConnectorAccount'];
/** What became of one credential when it was tried. */
export type Trial = Schemas['CredentialTrials']['trials'][number];
