/** Merchants and what is theirs, as the admin API tells them. */

export type Environment = 'test' | 'live';

export interface Merchant {
  readonly id: string;
  readonly name: string;
  readonly status: 'active' | 'suspended';
  readonly created_at: string;
}

export interface ChannelLine {
  readonly id: string;
  readonly merchant_id: string;
  readonly environment: Environment;
  readonly name: string;
  readonly connectors: readonly string[];
  readonly created_at: string;
}

/** Who the merchant is to one scheme. */
export interface AcquirerRecord {
  readonly scheme: string;
  readonly acquirer_bin: string;
  readonly acquirer_merchant_id: string;
  readonly mcc: string;
  readonly country_code: string;
  readonly merchant_name: string;
  readonly requestor_id: string;
  readonly requestor_name: string;
  readonly requestor_url: string;
}

export interface Channel extends Omit<ChannelLine, 'created_at'> {
  readonly route: readonly object[];
  readonly preferred_schemes: readonly string[];
  readonly session_minutes: number;
  readonly card_retention_minutes: number;
  readonly auto_complete: boolean;
  readonly acquirers: readonly AcquirerRecord[];
  readonly branding: {
    readonly display_name: string | null;
    readonly accent: string | null;
    readonly locale: string | null;
    readonly frame_ancestors: readonly string[];
    readonly has_logo: boolean;
  };
}

interface Key {
  readonly id: string;
  readonly merchant_id: string;
  readonly environment: Environment;
  readonly status: 'active' | 'ending' | 'ended';
  readonly created_at: string;
  readonly last_used_at: string | null;
  /** May be to come. */
  readonly ends_at: string | null;
}

export interface AccessKey extends Key {
  readonly default_channel_id: string | null;
  readonly scopes: readonly string[];
  readonly token_ttl_seconds: number;
}

/** Told once. */
export interface IssuedKey extends AccessKey {
  readonly client_id: string;
  readonly client_secret: string;
}

export interface PublicKey extends Key {
  readonly channel_id: string;
  readonly allowed_origins: readonly string[];
}

export interface AccountLine {
  readonly id: string;
  readonly merchant_id: string;
  readonly connector: string;
  readonly environment: Environment;
  readonly name: string;
  readonly status: 'active' | 'disabled';
  /** Of the newest credential; null where none is left. */
  readonly client_id: string | null;
  readonly valid_from: string | null;
  readonly last_used_at: string | null;
  readonly expires_at: string | null;
  readonly created_at: string;
}

export interface Account extends Omit<AccountLine, 'valid_from' | 'last_used_at'> {
  readonly api_url: string;
  readonly token_url: string;
  readonly scopes: readonly string[];
  readonly upstream_channel_id: string | null;
  readonly credentials: readonly {
    readonly client_id: string;
    readonly version: number;
    readonly valid_from: string;
    readonly retires_at: string | null;
    readonly last_used_at: string | null;
    readonly expires_at: string | null;
  }[];
  readonly webhook_keys: readonly { readonly created_at: string; readonly retires_at: string | null }[];
}

/** What became of one credential when it was tried. */
export interface Trial {
  readonly client_id: string;
  readonly works: boolean;
  readonly says: string;
}
