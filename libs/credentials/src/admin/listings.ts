import type { Listing } from '@app/platform';
import { ACCOUNT_CONNECTORS } from '../domain/connector-account';
import { ENVIRONMENTS, MERCHANT_STATUSES } from '../domain/model';

/** What may be asked of the list of merchants. */
export const MERCHANT_LISTING = {
  filters: {
    id: { type: 'id', kind: 'merchant' },
    name: { type: 'text', maxLength: 100, also: ['contains'] },
    status: { type: 'word', words: MERCHANT_STATUSES },
  },
  sorts: { name: 'text', created_at: 'time' },
  defaultSort: 'name',
  members: ['name', 'status', 'created_at', 'version'],
} as const satisfies Listing;

const OF_MERCHANT = {
  merchant_id: { type: 'id', kind: 'merchant' },
  environment: { type: 'word', words: ENVIRONMENTS },
} as const;

/** What may be asked of the list of processing channels. */
export const CHANNEL_LISTING = {
  filters: { id: { type: 'id', kind: 'channel' }, ...OF_MERCHANT },
  sorts: { created_at: 'time', name: 'text' },
  defaultSort: '-created_at',
  members: ['merchant_id', 'environment', 'name', 'connectors', 'created_at', 'version'],
} as const satisfies Listing;

/** What may be asked of the list of access keys. */
export const ACCESS_KEY_LISTING = {
  filters: { id: { type: 'id', kind: 'accessKey' }, ...OF_MERCHANT, is_ended: { type: 'flag' } },
  sorts: { created_at: 'time' },
  defaultSort: '-created_at',
  members: [
    'merchant_id',
    'environment',
    'default_channel_id',
    'scopes',
    'token_ttl_seconds',
    'status',
    'created_at',
    'last_used_at',
    'ends_at',
  ],
} as const satisfies Listing;

/** What may be asked of the list of public keys. */
export const PUBLIC_KEY_LISTING = {
  filters: { ...OF_MERCHANT, channel_id: { type: 'id', kind: 'channel' }, is_ended: { type: 'flag' } },
  sorts: { created_at: 'time' },
  defaultSort: '-created_at',
  members: [
    'merchant_id',
    'environment',
    'channel_id',
    'allowed_origins',
    'status',
    'created_at',
    'last_used_at',
    'ends_at',
  ],
} as const satisfies Listing;

/** What may be asked of the list of connector accounts. */
export const CONNECTOR_ACCOUNT_LISTING = {
  filters: {
    id: { type: 'id', kind: 'connectorAccount' },
    ...OF_MERCHANT,
    connector: { type: 'word', words: ACCOUNT_CONNECTORS },
    status: { type: 'word', words: ['active', 'disabled'] },
  },
  sorts: { created_at: 'time', name: 'text' },
  defaultSort: '-created_at',
  members: [
    'merchant_id',
    'connector',
    'environment',
    'name',
    'status',
    'client_id',
    'valid_from',
    'last_used_at',
    'expires_at',
    'created_at',
    'version',
  ],
} as const satisfies Listing;

type FieldOf<L extends Listing> = keyof L['filters'] & string;
type SortOf<L extends Listing> = keyof L['sorts'] & string;

export type MerchantField = FieldOf<typeof MERCHANT_LISTING>;
export type MerchantSort = SortOf<typeof MERCHANT_LISTING>;
export type ChannelField = FieldOf<typeof CHANNEL_LISTING>;
export type ChannelSort = SortOf<typeof CHANNEL_LISTING>;
export type AccessKeyField = FieldOf<typeof ACCESS_KEY_LISTING>;
export type AccessKeySort = SortOf<typeof ACCESS_KEY_LISTING>;
export type PublicKeyField = FieldOf<typeof PUBLIC_KEY_LISTING>;
export type PublicKeySort = SortOf<typeof PUBLIC_KEY_LISTING>;
export type ConnectorAccountField = FieldOf<typeof CONNECTOR_ACCOUNT_LISTING>;
export type ConnectorAccountSort = SortOf<typeof CONNECTOR_ACCOUNT_LISTING>;
