/** The admin API, made of its OpenAPI document by `npm run api:types`. Not to be edited. */

type NoQuery = Readonly<Record<string, never>>;

/** What is sent and answered, by the names of the document. */
export interface Schemas {
  readonly AcceptInvitation: { readonly token: string; readonly password: string };
  readonly AcceptedInvitation: { readonly email: string };
  readonly AccessKey: {
    readonly id: string;
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly status: 'active' | 'ending' | 'ended';
    readonly created_at: string;
    readonly last_used_at: string | null;
    /** May be to come */
    readonly ends_at: string | null;
    readonly default_channel_id: string | null;
    readonly scopes: readonly string[];
    readonly token_ttl_seconds: number;
  };
  readonly AccessKeyPage: {
    readonly data: readonly Schemas['AccessKey'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly Acquirer: {
    readonly scheme: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover';
    readonly acquirer_bin: string;
    readonly acquirer_merchant_id: string;
    readonly mcc: string;
    readonly country_code: string;
    readonly merchant_name: string;
    readonly requestor_id: string;
    readonly requestor_name: string;
    readonly requestor_url: string;
    readonly reason?: string;
    readonly version?: number;
  };
  readonly ActState: { readonly allowed: boolean; readonly code: string | null; readonly why: string | null };
  readonly AdminToken: { readonly access_token: string; readonly token_type: 'Bearer'; readonly expires_in: number };
  readonly AskCheck: { readonly reason?: string };
  readonly Attempt: {
    readonly number: number;
    readonly connector: string;
    readonly protocol_version: string;
    readonly transaction_id: string;
    readonly ds_transaction_id: string | null;
    readonly acs_transaction_id: string | null;
    readonly method_url: string | null;
    readonly progress: string;
    readonly error: Readonly<Record<string, unknown>> | null;
    readonly created_at: string;
  };
  readonly AuditEntry: {
    readonly id: string;
    /** Counts from 1, without a gap */
    readonly seq: number;
    readonly at: string;
    readonly merchant_id: string | null;
    readonly actor: {
      readonly kind: 'operator' | 'service_account' | 'command_line';
      readonly id: string | null;
      readonly name: string;
    };
    readonly act: string;
    readonly subject: string;
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly reason: string | null;
    readonly address: string | null;
    readonly request_id: string | null;
  };
  readonly AuditEntryPage: {
    readonly data: readonly Schemas['AuditEntry'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly AuthorizationUrl: { readonly authorization_url: string };
  readonly BeginSecondFactor: { readonly password?: string; readonly totp?: string; readonly recovery_code?: string };
  readonly Branding: {
    readonly display_name?: string;
    readonly accent?: string;
    readonly locale?: string;
    readonly frame_ancestors?: readonly string[];
    readonly logo?: string;
    readonly reason?: string;
    readonly version?: number;
  };
  readonly Callback: {
    readonly id: string;
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly channel_id: string;
    readonly session_id: string;
    readonly kind: string;
    readonly url: string;
    readonly state: 'due' | 'delivered' | 'dead';
    readonly tries: number;
    readonly next_try_at: string | null;
    readonly last_status: number | null;
    readonly last_problem: string | null;
    readonly created_at: string;
    readonly delivered_at: string | null;
    /** Since when a delivered one is wanted once more */
    readonly resend_at: string | null;
    /** As it is sent, without the authentication value */
    readonly payload: Readonly<Record<string, unknown>>;
    readonly deliveries: readonly {
      readonly try: number;
      readonly at: string;
      readonly latency_ms: number;
      readonly status: number | null;
      readonly problem: string | null;
    }[];
  };
  readonly CallbackEndpoints: {
    readonly data: readonly {
      /** Without its query, and without who is named in it */
      readonly url: string;
      readonly environment: 'test' | 'live';
      readonly owed: number;
      readonly delivered: number;
      /** Tried, and not taken yet */
      readonly failing: number;
      /** Given up */
      readonly dead: number;
      readonly last_status: number | null;
      readonly last_problem: string | null;
      readonly last_delivered_at: string | null;
      readonly lag_p50_seconds: number | null;
    }[];
  };
  readonly CallbackFault: {
    readonly mode: 'none' | 'status500' | 'timeout' | 'reset' | 'slow';
    readonly delay_ms?: number;
    readonly times?: number;
  };
  readonly CallbackFigures: {
    readonly environments: readonly {
      readonly environment: 'test' | 'live';
      /** Due now */
      readonly due: number;
      readonly oldest_due_at: string | null;
      /** Tried, and not taken yet */
      readonly failing: number;
      /** Given up */
      readonly dead: number;
      readonly last_hour: {
        /** Put on the books, and fallen due */
        readonly owed: number;
        readonly delivered: number;
        readonly at_first_try: number;
        readonly lag_p50_seconds: number | null;
        readonly lag_p95_seconds: number | null;
        /** The median of each minute, the oldest first */
        readonly lag_per_minute: readonly (number | null)[];
      };
    }[];
  };
  readonly CallbackLine: {
    readonly id: string;
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly channel_id: string;
    readonly session_id: string;
    readonly kind: string;
    readonly url: string;
    readonly state: 'due' | 'delivered' | 'dead';
    readonly tries: number;
    readonly next_try_at: string | null;
    readonly last_status: number | null;
    readonly last_problem: string | null;
    readonly created_at: string;
    readonly delivered_at: string | null;
    /** Since when a delivered one is wanted once more */
    readonly resend_at: string | null;
  };
  readonly CallbackLinePage: {
    readonly data: readonly Schemas['CallbackLine'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly ChainVerdict: {
    readonly intact: boolean;
    readonly entries: number | null;
    /** To be kept elsewhere, and sent as `anchor` later */
    readonly end: string | null;
    readonly problem: string | null;
    readonly broken_at: number | null;
  };
  readonly ChangeChannel: {
    readonly version?: number;
    readonly reason?: string;
    readonly name?: string;
    readonly preferred_schemes?: readonly string[];
    readonly session_minutes?: number;
    readonly card_retention_minutes?: number;
    readonly auto_complete?: boolean;
    readonly route?: readonly Readonly<Record<string, unknown>>[];
  };
  readonly ChangeConnectorAccount: {
    readonly name?: string;
    readonly api_url?: string;
    readonly token_url?: string;
    readonly scopes?: readonly string[];
    readonly upstream_channel_id?: string;
    readonly test?: boolean;
    readonly reason?: string;
    readonly version?: number;
  };
  readonly ChangeMerchant: { readonly name: string; readonly reason?: string; readonly version?: number };
  readonly ChangeOperator: {
    readonly name?: string;
    readonly role?: 'viewer' | 'operator' | 'merchant_admin' | 'admin';
    readonly reason?: string;
    readonly version?: number;
    readonly all_merchants?: boolean;
    readonly merchant_ids?: readonly string[];
  };
  readonly ChangePassword: { readonly current_password: string; readonly new_password: string };
  readonly Channel: {
    readonly id: string;
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly name: string;
    readonly connectors: readonly string[];
    /** One more with every change; an edit that names it changes no other */
    readonly version: number;
    /** Connectors in the order in which they are asked, each with `when` it counts */
    readonly route: readonly Readonly<Record<string, unknown>>[];
    readonly preferred_schemes: readonly (
      'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover'
    )[];
    readonly session_minutes: number;
    readonly card_retention_minutes: number;
    readonly auto_complete: boolean;
    readonly acquirers: readonly {
      readonly scheme: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover';
      readonly acquirer_bin: string;
      readonly acquirer_merchant_id: string;
      readonly mcc: string;
      readonly country_code: string;
      readonly merchant_name: string;
      readonly requestor_id: string;
      readonly requestor_name: string;
      readonly requestor_url: string;
    }[];
    readonly branding: {
      readonly display_name: string | null;
      readonly accent: string | null;
      readonly locale: string | null;
      readonly frame_ancestors: readonly string[];
      /** A path of this server */
      readonly logo_url: string | null;
      /** What becomes of the colour on light pages and on dark ones */
      readonly shades: {
        readonly light: { readonly ground: string; readonly ink: string };
        readonly dark: { readonly ground: string; readonly ink: string };
      } | null;
    };
  };
  readonly ChannelLine: {
    readonly id: string;
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly name: string;
    readonly connectors: readonly string[];
    /** One more with every change; an edit that names it changes no other */
    readonly version: number;
    readonly created_at: string;
  };
  readonly ChannelLinePage: {
    readonly data: readonly Schemas['ChannelLine'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly ConfirmSecondFactor: { readonly totp: string };
  readonly ConnectorAccount: {
    readonly id: string;
    readonly merchant_id: string;
    readonly connector: 'checkout';
    readonly environment: 'test' | 'live';
    readonly name: string;
    readonly status: 'active' | 'disabled';
    /** Of the newest credential */
    readonly client_id: string | null;
    /** When the upstream ends the newest credential */
    readonly expires_at: string | null;
    readonly created_at: string;
    /** One more with every change; an edit that names it changes no other */
    readonly version: number;
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
  };
  readonly ConnectorAccountLine: {
    readonly id: string;
    readonly merchant_id: string;
    readonly connector: 'checkout';
    readonly environment: 'test' | 'live';
    readonly name: string;
    readonly status: 'active' | 'disabled';
    /** Of the newest credential */
    readonly client_id: string | null;
    /** When the upstream ends the newest credential */
    readonly expires_at: string | null;
    readonly created_at: string;
    /** One more with every change; an edit that names it changes no other */
    readonly version: number;
    readonly valid_from: string | null;
    readonly last_used_at: string | null;
  };
  readonly ConnectorAccountLinePage: {
    readonly data: readonly Schemas['ConnectorAccountLine'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly ConnectorHealth: {
    readonly last_hour: readonly {
      readonly environment: 'test' | 'live';
      readonly connector: string;
      /** To the other side: a directory server, an upstream */
      readonly calls: number;
      /** Without an answer that can be used */
      readonly failed: number;
      readonly error_rate: number | null;
      readonly p50_ms: number | null;
      readonly p95_ms: number | null;
      /** The median of each minute, the oldest first */
      readonly p50_ms_per_minute: readonly (number | null)[];
    }[];
  };
  readonly CreateChannel: {
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly reason?: string;
    readonly name?: string;
    readonly preferred_schemes?: readonly string[];
    readonly session_minutes?: number;
    readonly card_retention_minutes?: number;
    readonly auto_complete?: boolean;
    readonly route?: readonly Readonly<Record<string, unknown>>[];
  };
  readonly CreateConnectorAccount: {
    readonly merchant_id: string;
    readonly connector: 'checkout';
    readonly environment: 'test' | 'live';
    readonly name: string;
    readonly api_url: string;
    readonly token_url: string;
    readonly scopes?: readonly string[];
    readonly upstream_channel_id?: string;
    readonly webhook_key?: string;
    readonly reason?: string;
    readonly client_id: string;
    readonly client_secret: string;
    readonly expires_at?: string;
    readonly test?: boolean;
  };
  readonly CreateJob: {
    readonly act: 're_sync' | 'resend_callback' | 'expire' | 'replay_callback';
    readonly reason?: string;
    readonly ids?: readonly string[];
    /** In the dialect of the list of sessions, or of callbacks where these are to be sent again */
    readonly filter?:
      | {
          readonly id?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly merchant_id?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly channel_id?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly environment?:
            | 'test'
            | 'live'
            | readonly ('test' | 'live')[]
            | { readonly eq?: 'test' | 'live'; readonly in?: readonly ('test' | 'live')[] };
          readonly reference?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly bin?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly last_four?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly issuer?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly contains?: string;
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly issuer_country?:
            | string
            | readonly string[]
            | {
                /** ISO 3166-1, two letters */
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly card_type?:
            | 'credit'
            | 'debit'
            | 'prepaid'
            | 'charge'
            | 'deferred_debit'
            | readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[]
            | {
                readonly eq?: 'credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit';
                readonly in?: readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[];
                readonly not_in?: readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[];
                readonly known?: boolean;
              };
          readonly scheme?:
            | 'visa'
            | 'mastercard'
            | 'amex'
            | 'cartes_bancaires'
            | 'jcb'
            | 'diners'
            | 'discover'
            | readonly ('visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover')[]
            | {
                readonly eq?: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover';
                readonly in?: readonly (
                  'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover'
                )[];
                readonly not_in?: readonly (
                  'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover'
                )[];
                readonly known?: boolean;
              };
          readonly status?:
            | 'pending'
            | 'processing'
            | 'challenged'
            | 'approved'
            | 'attempted'
            | 'declined'
            | 'rejected'
            | 'unavailable'
            | 'challenge_abandoned'
            | 'expired'
            | readonly (
                | 'pending'
                | 'processing'
                | 'challenged'
                | 'approved'
                | 'attempted'
                | 'declined'
                | 'rejected'
                | 'unavailable'
                | 'challenge_abandoned'
                | 'expired'
              )[]
            | {
                readonly eq?:
                  | 'pending'
                  | 'processing'
                  | 'challenged'
                  | 'approved'
                  | 'attempted'
                  | 'declined'
                  | 'rejected'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired';
                readonly in?: readonly (
                  | 'pending'
                  | 'processing'
                  | 'challenged'
                  | 'approved'
                  | 'attempted'
                  | 'declined'
                  | 'rejected'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired'
                )[];
                readonly not_in?: readonly (
                  | 'pending'
                  | 'processing'
                  | 'challenged'
                  | 'approved'
                  | 'attempted'
                  | 'declined'
                  | 'rejected'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired'
                )[];
                readonly known?: boolean;
              };
          readonly trans_status?:
            | 'Y'
            | 'N'
            | 'U'
            | 'A'
            | 'C'
            | 'D'
            | 'R'
            | 'I'
            | 'S'
            | readonly ('Y' | 'N' | 'U' | 'A' | 'C' | 'D' | 'R' | 'I' | 'S')[]
            | {
                readonly eq?: 'Y' | 'N' | 'U' | 'A' | 'C' | 'D' | 'R' | 'I' | 'S';
                readonly in?: readonly ('Y' | 'N' | 'U' | 'A' | 'C' | 'D' | 'R' | 'I' | 'S')[];
                readonly not_in?: readonly ('Y' | 'N' | 'U' | 'A' | 'C' | 'D' | 'R' | 'I' | 'S')[];
                readonly known?: boolean;
              };
          readonly trans_status_reason?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly acs?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly connector?:
            | 'emv3ds'
            | 'checkout'
            | readonly ('emv3ds' | 'checkout')[]
            | {
                readonly eq?: 'emv3ds' | 'checkout';
                readonly in?: readonly ('emv3ds' | 'checkout')[];
                readonly not_in?: readonly ('emv3ds' | 'checkout')[];
                readonly known?: boolean;
              };
          readonly advice?:
            | 'authorize'
            | 'authorize_without_shift'
            | 'do_not_authorize'
            | 'retry_or_authorize_without_shift'
            | 'retry'
            | readonly (
                | 'authorize'
                | 'authorize_without_shift'
                | 'do_not_authorize'
                | 'retry_or_authorize_without_shift'
                | 'retry'
              )[]
            | {
                readonly eq?:
                  | 'authorize'
                  | 'authorize_without_shift'
                  | 'do_not_authorize'
                  | 'retry_or_authorize_without_shift'
                  | 'retry';
                readonly in?: readonly (
                  | 'authorize'
                  | 'authorize_without_shift'
                  | 'do_not_authorize'
                  | 'retry_or_authorize_without_shift'
                  | 'retry'
                )[];
              };
          readonly liability_shift?:
            | 'yes'
            | 'no'
            | 'unknown'
            | readonly ('yes' | 'no' | 'unknown')[]
            | {
                readonly eq?: 'yes' | 'no' | 'unknown';
                readonly in?: readonly ('yes' | 'no' | 'unknown')[];
                readonly not_in?: readonly ('yes' | 'no' | 'unknown')[];
                readonly known?: boolean;
              };
          readonly flow?:
            | 'hosted'
            | 'non_hosted'
            | readonly ('hosted' | 'non_hosted')[]
            | {
                readonly eq?: 'hosted' | 'non_hosted';
                readonly in?: readonly ('hosted' | 'non_hosted')[];
                readonly not_in?: readonly ('hosted' | 'non_hosted')[];
                readonly known?: boolean;
              };
          readonly device_channel?:
            | 'browser'
            | 'app'
            | 'merchant_initiated'
            | readonly ('browser' | 'app' | 'merchant_initiated')[]
            | {
                readonly eq?: 'browser' | 'app' | 'merchant_initiated';
                readonly in?: readonly ('browser' | 'app' | 'merchant_initiated')[];
                readonly not_in?: readonly ('browser' | 'app' | 'merchant_initiated')[];
                readonly known?: boolean;
              };
          readonly authentication_category?:
            | 'payment'
            | 'non_payment'
            | readonly ('payment' | 'non_payment')[]
            | {
                readonly eq?: 'payment' | 'non_payment';
                readonly in?: readonly ('payment' | 'non_payment')[];
                readonly not_in?: readonly ('payment' | 'non_payment')[];
                readonly known?: boolean;
              };
          readonly protocol_version?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly acs_operator?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly eci?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly amount_band?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly authentication_type?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly challenge_indicator?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly exemption_requested?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly exemption_applied?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly failed_component?:
            | 'C'
            | 'S'
            | 'D'
            | 'A'
            | readonly ('C' | 'S' | 'D' | 'A')[]
            | {
                readonly eq?: 'C' | 'S' | 'D' | 'A';
                readonly in?: readonly ('C' | 'S' | 'D' | 'A')[];
                readonly not_in?: readonly ('C' | 'S' | 'D' | 'A')[];
                readonly known?: boolean;
              };
          readonly device_class?:
            | 'desktop'
            | 'mobile'
            | 'tablet'
            | readonly ('desktop' | 'mobile' | 'tablet')[]
            | {
                readonly eq?: 'desktop' | 'mobile' | 'tablet';
                readonly in?: readonly ('desktop' | 'mobile' | 'tablet')[];
                readonly not_in?: readonly ('desktop' | 'mobile' | 'tablet')[];
                readonly known?: boolean;
              };
          readonly browser_family?:
            | 'Chrome'
            | 'Edge'
            | 'Firefox'
            | 'Opera'
            | 'Safari'
            | 'other'
            | readonly ('Chrome' | 'Edge' | 'Firefox' | 'Opera' | 'Safari' | 'other')[]
            | {
                readonly eq?: 'Chrome' | 'Edge' | 'Firefox' | 'Opera' | 'Safari' | 'other';
                readonly in?: readonly ('Chrome' | 'Edge' | 'Firefox' | 'Opera' | 'Safari' | 'other')[];
                readonly not_in?: readonly ('Chrome' | 'Edge' | 'Firefox' | 'Opera' | 'Safari' | 'other')[];
                readonly known?: boolean;
              };
          readonly amount?:
            | number
            | {
                readonly eq?: number;
                readonly gt?: number;
                readonly gte?: number;
                readonly lt?: number;
                readonly lte?: number;
              };
          readonly currency?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly created_at?: {
            readonly gt?: string;
            readonly gte?: string;
            readonly lt?: string;
            readonly lte?: string;
          };
          readonly counts_as?:
            | 'sessions'
            | 'open'
            | 'awaiting'
            | 'not_submitted'
            | 'refused'
            | 'submitted'
            | 'submitted_for_authentication'
            | 'frictionless'
            | 'frictionless_for_authentication'
            | 'frictionless_succeeded'
            | 'failed_before_answer'
            | 'challenge_requested'
            | 'challenge_shown'
            | 'challenge_completed'
            | 'challenge_succeeded'
            | 'approved'
            | 'attempted'
            | 'data_only'
            | 'declined'
            | 'rejected'
            | 'issuer_declined'
            | 'unavailable'
            | 'challenge_abandoned'
            | 'expired'
            | 'technical_failure'
            | 'exemption_requested'
            | 'exemption_applied'
            | 'exemption_granted'
            | 'liability_shifted'
            | 'failed_over'
            | 'recovered_late'
            | readonly (
                | 'sessions'
                | 'open'
                | 'awaiting'
                | 'not_submitted'
                | 'refused'
                | 'submitted'
                | 'submitted_for_authentication'
                | 'frictionless'
                | 'frictionless_for_authentication'
                | 'frictionless_succeeded'
                | 'failed_before_answer'
                | 'challenge_requested'
                | 'challenge_shown'
                | 'challenge_completed'
                | 'challenge_succeeded'
                | 'approved'
                | 'attempted'
                | 'data_only'
                | 'declined'
                | 'rejected'
                | 'issuer_declined'
                | 'unavailable'
                | 'challenge_abandoned'
                | 'expired'
                | 'technical_failure'
                | 'exemption_requested'
                | 'exemption_applied'
                | 'exemption_granted'
                | 'liability_shifted'
                | 'failed_over'
                | 'recovered_late'
              )[]
            | {
                readonly eq?:
                  | 'sessions'
                  | 'open'
                  | 'awaiting'
                  | 'not_submitted'
                  | 'refused'
                  | 'submitted'
                  | 'submitted_for_authentication'
                  | 'frictionless'
                  | 'frictionless_for_authentication'
                  | 'frictionless_succeeded'
                  | 'failed_before_answer'
                  | 'challenge_requested'
                  | 'challenge_shown'
                  | 'challenge_completed'
                  | 'challenge_succeeded'
                  | 'approved'
                  | 'attempted'
                  | 'data_only'
                  | 'declined'
                  | 'rejected'
                  | 'issuer_declined'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired'
                  | 'technical_failure'
                  | 'exemption_requested'
                  | 'exemption_applied'
                  | 'exemption_granted'
                  | 'liability_shifted'
                  | 'failed_over'
                  | 'recovered_late';
                readonly in?: readonly (
                  | 'sessions'
                  | 'open'
                  | 'awaiting'
                  | 'not_submitted'
                  | 'refused'
                  | 'submitted'
                  | 'submitted_for_authentication'
                  | 'frictionless'
                  | 'frictionless_for_authentication'
                  | 'frictionless_succeeded'
                  | 'failed_before_answer'
                  | 'challenge_requested'
                  | 'challenge_shown'
                  | 'challenge_completed'
                  | 'challenge_succeeded'
                  | 'approved'
                  | 'attempted'
                  | 'data_only'
                  | 'declined'
                  | 'rejected'
                  | 'issuer_declined'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired'
                  | 'technical_failure'
                  | 'exemption_requested'
                  | 'exemption_applied'
                  | 'exemption_granted'
                  | 'liability_shifted'
                  | 'failed_over'
                  | 'recovered_late'
                )[];
              };
          readonly leg?:
            | 'method_start'
            | 'method'
            | 'request'
            | 'answer'
            | 'challenge_open'
            | 'first_input'
            | 'input_to_result'
            | 'challenge'
            | 'callback'
            | 'whole'
            | readonly (
                | 'method_start'
                | 'method'
                | 'request'
                | 'answer'
                | 'challenge_open'
                | 'first_input'
                | 'input_to_result'
                | 'challenge'
                | 'callback'
                | 'whole'
              )[]
            | {
                readonly eq?:
                  | 'method_start'
                  | 'method'
                  | 'request'
                  | 'answer'
                  | 'challenge_open'
                  | 'first_input'
                  | 'input_to_result'
                  | 'challenge'
                  | 'callback'
                  | 'whole';
                readonly in?: readonly (
                  | 'method_start'
                  | 'method'
                  | 'request'
                  | 'answer'
                  | 'challenge_open'
                  | 'first_input'
                  | 'input_to_result'
                  | 'challenge'
                  | 'callback'
                  | 'whole'
                )[];
              };
          readonly is_refused?: boolean | { readonly eq?: boolean };
          readonly is_past_deadline?: boolean | { readonly eq?: boolean };
          readonly is_unresolved?: boolean | { readonly eq?: boolean };
          readonly is_last_of_purchase?: boolean | { readonly eq?: boolean };
          readonly is_callback_failed?: boolean | { readonly eq?: boolean };
          readonly retry_of?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly directory_server?:
            | 'visa'
            | 'mastercard'
            | 'amex'
            | 'cartes_bancaires'
            | 'jcb'
            | 'discover'
            | readonly ('visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'discover')[]
            | {
                readonly eq?: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'discover';
                readonly in?: readonly ('visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'discover')[];
              };
          readonly is_areq_unanswered?: boolean | { readonly eq?: boolean };
          readonly called_connector?:
            | 'emv3ds'
            | 'checkout'
            | readonly ('emv3ds' | 'checkout')[]
            | { readonly eq?: 'emv3ds' | 'checkout'; readonly in?: readonly ('emv3ds' | 'checkout')[] };
          readonly failed_connector?:
            | 'emv3ds'
            | 'checkout'
            | readonly ('emv3ds' | 'checkout')[]
            | { readonly eq?: 'emv3ds' | 'checkout'; readonly in?: readonly ('emv3ds' | 'checkout')[] };
          readonly is_inquiry_due?: boolean | { readonly eq?: boolean };
          readonly is_notice_left?: boolean | { readonly eq?: boolean };
          readonly transaction_id?:
            string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly is_demo?: boolean | { readonly eq?: boolean };
        }
      | {
          readonly merchant_id?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly channel_id?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly session_id?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly state?:
            | 'due'
            | 'delivered'
            | 'dead'
            | readonly ('due' | 'delivered' | 'dead')[]
            | { readonly eq?: 'due' | 'delivered' | 'dead'; readonly in?: readonly ('due' | 'delivered' | 'dead')[] };
          readonly kind?:
            | 'session_completed'
            | 'session_retried'
            | readonly ('session_completed' | 'session_retried')[]
            | {
                readonly eq?: 'session_completed' | 'session_retried';
                readonly in?: readonly ('session_completed' | 'session_retried')[];
              };
          readonly environment?:
            | 'test'
            | 'live'
            | readonly ('test' | 'live')[]
            | { readonly eq?: 'test' | 'live'; readonly in?: readonly ('test' | 'live')[] };
          readonly endpoint?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly last_problem?:
            | 'refused'
            | 'unresolvable'
            | 'timeout'
            | 'cut'
            | 'too_large'
            | 'invalid_url'
            | 'forbidden_address'
            | 'redirect'
            | 'bad_status'
            | 'channel_missing'
            | 'not_prepared'
            | readonly (
                | 'refused'
                | 'unresolvable'
                | 'timeout'
                | 'cut'
                | 'too_large'
                | 'invalid_url'
                | 'forbidden_address'
                | 'redirect'
                | 'bad_status'
                | 'channel_missing'
                | 'not_prepared'
              )[]
            | {
                readonly eq?:
                  | 'refused'
                  | 'unresolvable'
                  | 'timeout'
                  | 'cut'
                  | 'too_large'
                  | 'invalid_url'
                  | 'forbidden_address'
                  | 'redirect'
                  | 'bad_status'
                  | 'channel_missing'
                  | 'not_prepared';
                readonly in?: readonly (
                  | 'refused'
                  | 'unresolvable'
                  | 'timeout'
                  | 'cut'
                  | 'too_large'
                  | 'invalid_url'
                  | 'forbidden_address'
                  | 'redirect'
                  | 'bad_status'
                  | 'channel_missing'
                  | 'not_prepared'
                )[];
              };
          readonly created_at?: {
            readonly gt?: string;
            readonly gte?: string;
            readonly lt?: string;
            readonly lte?: string;
          };
          readonly is_failing?: boolean | { readonly eq?: boolean };
          readonly is_due_now?: boolean | { readonly eq?: boolean };
          readonly is_being_sent_again?: boolean | { readonly eq?: boolean };
          readonly counts_as?:
            | 'due'
            | 'first_try'
            | 'delivered'
            | 'backlog'
            | 'dead'
            | readonly ('due' | 'first_try' | 'delivered' | 'backlog' | 'dead')[]
            | {
                readonly eq?: 'due' | 'first_try' | 'delivered' | 'backlog' | 'dead';
                readonly in?: readonly ('due' | 'first_try' | 'delivered' | 'backlog' | 'dead')[];
              };
          readonly session_created_at?: {
            readonly gt?: string;
            readonly gte?: string;
            readonly lt?: string;
            readonly lte?: string;
          };
          readonly scheme?:
            | 'visa'
            | 'mastercard'
            | 'amex'
            | 'cartes_bancaires'
            | 'jcb'
            | 'diners'
            | 'discover'
            | readonly ('visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover')[]
            | {
                readonly eq?: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover';
                readonly in?: readonly (
                  'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover'
                )[];
              };
          readonly bin?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly issuer?:
            | string
            | readonly string[]
            | { readonly eq?: string; readonly in?: readonly string[]; readonly contains?: string };
          readonly issuer_country?:
            | string
            | readonly string[]
            | {
                /** ISO 3166-1, two letters */
                readonly eq?: string;
                readonly in?: readonly string[];
              };
          readonly card_type?:
            | 'credit'
            | 'debit'
            | 'prepaid'
            | 'charge'
            | 'deferred_debit'
            | readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[]
            | {
                readonly eq?: 'credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit';
                readonly in?: readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[];
              };
          readonly acs?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly connector?:
            | 'emv3ds'
            | 'checkout'
            | readonly ('emv3ds' | 'checkout')[]
            | { readonly eq?: 'emv3ds' | 'checkout'; readonly in?: readonly ('emv3ds' | 'checkout')[] };
          readonly currency?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly amount?:
            | number
            | {
                readonly eq?: number;
                readonly gt?: number;
                readonly gte?: number;
                readonly lt?: number;
                readonly lte?: number;
              };
          readonly flow?:
            | 'hosted'
            | 'non_hosted'
            | readonly ('hosted' | 'non_hosted')[]
            | { readonly eq?: 'hosted' | 'non_hosted'; readonly in?: readonly ('hosted' | 'non_hosted')[] };
          readonly device_channel?:
            | 'browser'
            | 'app'
            | 'merchant_initiated'
            | readonly ('browser' | 'app' | 'merchant_initiated')[]
            | {
                readonly eq?: 'browser' | 'app' | 'merchant_initiated';
                readonly in?: readonly ('browser' | 'app' | 'merchant_initiated')[];
              };
          readonly is_last_of_purchase?: boolean | { readonly eq?: boolean };
          readonly is_demo?: boolean | { readonly eq?: boolean };
        };
  };
  readonly CreateMerchant: { readonly name: string; readonly reason?: string };
  readonly CreatePublicKey: {
    readonly channel_id: string;
    readonly allowed_origins?: readonly string[];
    readonly reason?: string;
  };
  readonly CreateServiceAccount: {
    readonly name: string;
    readonly reason?: string;
    readonly all_merchants?: boolean;
    readonly merchant_ids?: readonly string[];
    readonly role: 'viewer' | 'operator' | 'merchant_admin' | 'admin';
  };
  readonly CredentialTrials: {
    readonly trials: readonly { readonly client_id: string; readonly works: boolean; readonly says: string }[];
  };
  readonly DirectoryServer: {
    /** Environment and name: `test-visa` */
    readonly id: string;
    readonly environment: 'test' | 'live';
    readonly directory_server: string;
    readonly url: string;
    readonly ds_start_version: string | null;
    readonly ds_end_version: string | null;
    readonly ranges: number;
    readonly ranges_loaded_at: string | null;
    readonly last_attempt_at: string | null;
    readonly next_attempt_at: string | null;
    readonly last_error: string | null;
    readonly last_hour: {
      /** Authentication requests, of all processes */
      readonly calls: number;
      /** Those that brought no ARes */
      readonly failed: number;
      readonly error_rate: number | null;
      readonly p50_ms: number | null;
      readonly p95_ms: number | null;
    };
    readonly last_day: {
      /** Authentication requests, of all processes */
      readonly calls: number;
      /** Those that brought no ARes */
      readonly failed: number;
      readonly error_rate: number | null;
      readonly p50_ms: number | null;
      readonly p95_ms: number | null;
    };
    /** As seen at the last connection, its name masked; null over http */
    readonly certificate: {
      readonly subject: string;
      readonly issuer: string;
      readonly not_before: string;
      readonly not_after: string;
      /** 0 or less once it has ended */
      readonly days_left: number;
      readonly seen_at: string;
    } | null;
  };
  readonly DirectoryServers: {
    readonly data: readonly Schemas['DirectoryServer'][];
    readonly next: null;
    readonly prev: null;
  };
  readonly DsFault: {
    readonly mode: 'none' | 'timeout' | 'reset' | 'garbage' | 'html' | 'empty' | 'erro' | 'status500' | 'slow';
    readonly scheme?: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'discover';
    readonly message?: 'AReq' | 'PReq' | 'any';
    readonly delay_ms?: number;
    readonly times?: number;
  };
  readonly Edit: { readonly version?: number; readonly reason?: string };
  readonly EndedSessions: { readonly ended: number };
  readonly Error: {
    /** The same as the header `Cko-Request-Id` */
    readonly request_id: string;
    readonly error_type:
      | 'unprocessable_entity'
      | 'request_invalid'
      | 'forbidden'
      | 'not_found'
      | 'operation_not_allowed'
      | 'duplicate_requests_detected'
      | 'conflict'
      | 'too_many_requests'
      | 'not_implemented'
      | 'callback_failed'
      | 'service_not_available'
      | 'internal_server_error';
    /** Stable codes. Every failing field has one: `source_number_required`, `currency_invalid` */
    readonly error_codes: readonly string[];
    /** With `changed_meanwhile`: whose change it was, where the caller may know */
    readonly changed?: {
      readonly at: string;
      readonly act: string;
      readonly by: {
        readonly kind: 'operator' | 'service_account' | 'command_line';
        readonly id: string | null;
        readonly name: string;
      };
    };
  };
  readonly Expiry: { readonly expires_at?: string; readonly reason?: string; readonly version?: number };
  readonly Faults: {
    readonly ds?: Schemas['DsFault'];
    readonly rreq?: Schemas['ResultFault'];
    readonly callback?: Schemas['CallbackFault'];
    readonly reason?: string;
  };
  readonly Features: { readonly features: readonly string[] };
  readonly Invitation: {
    readonly invitation_token: string;
    readonly invitation_url: string;
    readonly invitation_expires_at: string;
  };
  readonly InviteOperator: {
    readonly email: string;
    readonly name: string;
    readonly reason?: string;
    readonly all_merchants?: boolean;
    readonly merchant_ids?: readonly string[];
    readonly role: 'viewer' | 'operator' | 'merchant_admin' | 'admin';
  };
  readonly InvitedOperator: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: 'viewer' | 'operator' | 'merchant_admin' | 'admin';
    readonly all_merchants: boolean;
    readonly merchant_ids: readonly string[];
    readonly status: 'invited' | 'active' | 'disabled';
    readonly has_second_factor: boolean;
    readonly identity: Schemas['LinkedIdentity'] | null;
    readonly created_at: string;
    readonly last_signed_in_at: string | null;
    /** One more with every change; an edit that names it changes no other */
    readonly version: number;
    readonly invitation_token: string;
    readonly invitation_url: string;
    readonly invitation_expires_at: string;
  };
  readonly IssueAccessKey: {
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly default_channel_id?: string;
    readonly scopes: readonly string[];
    readonly token_ttl_seconds?: number;
    readonly reason?: string;
  };
  readonly IssuedAccessKey: {
    readonly id: string;
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly status: 'active' | 'ending' | 'ended';
    readonly created_at: string;
    readonly last_used_at: string | null;
    /** May be to come */
    readonly ends_at: string | null;
    readonly default_channel_id: string | null;
    readonly scopes: readonly string[];
    readonly token_ttl_seconds: number;
    readonly client_id: string;
    /** Shown this once */
    readonly client_secret: string;
  };
  readonly Job: {
    readonly id: string;
    readonly act: 're_sync' | 'resend_callback' | 'expire' | 'replay_callback';
    readonly state: 'running' | 'done' | 'cancelled' | 'stopped';
    readonly stop_code: 'actor_not_active' | 'permission_missing' | 'merchant_scope_insufficient' | null;
    readonly reason: string | null;
    readonly by: { readonly id: string; readonly name: string };
    readonly total: number;
    readonly counts: {
      readonly waiting: number;
      readonly done: number;
      readonly failed: number;
      readonly skipped: number;
    };
    readonly created_at: string;
    readonly ended_at: string | null;
    /** The first ones */
    readonly failures: readonly {
      readonly session_id: string | null;
      readonly code: string;
      readonly message_id?: string;
    }[];
  };
  readonly JobItem: {
    readonly id: string;
    readonly number: number;
    readonly session_id: string | null;
    readonly state: 'waiting' | 'done' | 'failed' | 'skipped';
    readonly code: string | null;
    readonly message_id?: string;
  };
  readonly JobItemPage: {
    readonly data: readonly Schemas['JobItem'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly JobLine: {
    readonly id: string;
    readonly act: 're_sync' | 'resend_callback' | 'expire' | 'replay_callback';
    readonly state: 'running' | 'done' | 'cancelled' | 'stopped';
    readonly stop_code: 'actor_not_active' | 'permission_missing' | 'merchant_scope_insufficient' | null;
    readonly reason: string | null;
    readonly by: { readonly id: string; readonly name: string };
    readonly total: number;
    readonly counts: {
      readonly waiting: number;
      readonly done: number;
      readonly failed: number;
      readonly skipped: number;
    };
    readonly created_at: string;
    readonly ended_at: string | null;
  };
  readonly JobLinePage: {
    readonly data: readonly Schemas['JobLine'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly JobPreview: {
    readonly total: number;
    readonly merchants: readonly { readonly merchant_id: string; readonly total: number }[];
  };
  readonly LinkedIdentity: { readonly issuer: string; readonly subject: string; readonly linked_at: string };
  readonly LookUp: { readonly environment: 'test' | 'live'; readonly number: string };
  readonly LookedUpCard: {
    readonly found: readonly {
      /** Environment and name: `test-visa` */
      readonly id: string;
      readonly directory_server: string;
      readonly range: {
        readonly start: string;
        readonly end: string;
        readonly acs_start_version: string;
        readonly acs_end_version: string;
        readonly method_url: string | null;
      } | null;
    }[];
  };
  readonly MadeTestSession: {
    readonly session_id: string;
    readonly status: Schemas['SessionStatus'];
    /** To go through as a cardholder does; null where it is not hosted */
    readonly hosted_url: string | null;
  };
  readonly Me: Schemas['Person'] | Schemas['Program'];
  readonly Merchant: {
    readonly id: string;
    readonly name: string;
    readonly status: 'active' | 'suspended';
    readonly created_at: string;
    /** One more with every change; an edit that names it changes no other */
    readonly version: number;
  };
  readonly MerchantPage: {
    readonly data: readonly Schemas['Merchant'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly Message: {
    readonly seq: number;
    readonly attempt: number;
    readonly direction: 'sent' | 'received';
    readonly message_type: string;
    readonly at: string;
    readonly latency_ms: number | null;
    readonly body: Readonly<Record<string, unknown>> | null;
    readonly problem: string | null;
  };
  readonly MessageFields: {
    /** By message type and field */
    readonly messages: Readonly<
      Record<
        string,
        Readonly<
          Record<
            string,
            {
              readonly description: string;
              readonly format: string;
              readonly rule: string;
              readonly values: Readonly<Record<string, string>>;
            }
          >
        >
      >
    >;
  };
  readonly NewChannel: {
    readonly id: string;
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly name: string;
    readonly connectors: readonly string[];
    /** One more with every change; an edit that names it changes no other */
    readonly version: number;
    /** Connectors in the order in which they are asked, each with `when` it counts */
    readonly route: readonly Readonly<Record<string, unknown>>[];
    readonly preferred_schemes: readonly (
      'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover'
    )[];
    readonly session_minutes: number;
    readonly card_retention_minutes: number;
    readonly auto_complete: boolean;
    readonly acquirers: readonly {
      readonly scheme: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover';
      readonly acquirer_bin: string;
      readonly acquirer_merchant_id: string;
      readonly mcc: string;
      readonly country_code: string;
      readonly merchant_name: string;
      readonly requestor_id: string;
      readonly requestor_name: string;
      readonly requestor_url: string;
    }[];
    readonly branding: {
      readonly display_name: string | null;
      readonly accent: string | null;
      readonly locale: string | null;
      readonly frame_ancestors: readonly string[];
      /** A path of this server */
      readonly logo_url: string | null;
      /** What becomes of the colour on light pages and on dark ones */
      readonly shades: {
        readonly light: { readonly ground: string; readonly ink: string };
        readonly dark: { readonly ground: string; readonly ink: string };
      } | null;
    };
    /** Shown this once */
    readonly webhook_secret: string;
  };
  readonly NewConnectorAccount: {
    readonly id: string;
    readonly merchant_id: string;
    readonly connector: 'checkout';
    readonly environment: 'test' | 'live';
    readonly name: string;
    readonly status: 'active' | 'disabled';
    /** Of the newest credential */
    readonly client_id: string | null;
    /** When the upstream ends the newest credential */
    readonly expires_at: string | null;
    readonly created_at: string;
    /** One more with every change; an edit that names it changes no other */
    readonly version: number;
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
    /** Where the upstream is to send its webhooks; shown this once */
    readonly webhook_address: string;
  };
  readonly NewSecondFactor: { readonly totp_secret: string; readonly totp_uri: string };
  readonly NewServiceAccount: {
    readonly id: string;
    readonly name: string;
    readonly role: 'viewer' | 'operator' | 'merchant_admin' | 'admin';
    readonly all_merchants: boolean;
    readonly merchant_ids: readonly string[];
    readonly created_at: string;
    readonly last_used_at: string | null;
    readonly revoked_at: string | null;
    readonly client_id: string;
    /** Shown this once */
    readonly client_secret: string;
  };
  readonly OpenApiDocument: Readonly<Record<string, unknown>>;
  readonly Operator: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: 'viewer' | 'operator' | 'merchant_admin' | 'admin';
    readonly all_merchants: boolean;
    readonly merchant_ids: readonly string[];
    readonly status: 'invited' | 'active' | 'disabled';
    readonly has_second_factor: boolean;
    readonly identity: Schemas['LinkedIdentity'] | null;
    readonly created_at: string;
    readonly last_signed_in_at: string | null;
    /** One more with every change; an edit that names it changes no other */
    readonly version: number;
  };
  readonly OperatorPage: {
    readonly data: readonly Schemas['Operator'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly Overview: {
    readonly last_hour: readonly {
      readonly environment: 'test' | 'live';
      readonly sessions: number;
      readonly per_minute: readonly number[];
      readonly submitted_per_minute: readonly number[];
      readonly submitted_for_authentication_per_minute: readonly number[];
      readonly authenticated_per_minute: readonly number[];
      readonly answered_per_minute: readonly number[];
      readonly frictionless_per_minute: readonly number[];
      readonly submitted: number;
      readonly submitted_for_authentication: number;
      readonly authentication_rate: number | null;
      readonly frictionless: number;
      readonly challenge_requested: number;
      readonly frictionless_rate: number | null;
      /** Open, more than a minute past their deadline, however old */
      readonly past_deadline: number;
    }[];
  };
  readonly PageLeg: { readonly leg: string; readonly at: string };
  readonly Person: {
    readonly id: string;
    readonly name: string;
    readonly role: 'viewer' | 'operator' | 'merchant_admin' | 'admin';
    readonly all_merchants: boolean;
    readonly merchant_ids: readonly string[];
    readonly permissions: readonly (
      | 'own_account.use'
      | 'overview.read'
      | 'sessions.read'
      | 'sessions.act'
      | 'callbacks.read'
      | 'callbacks.act'
      | 'merchants.read'
      | 'merchants.create'
      | 'merchants.write'
      | 'merchants.suspend'
      | 'access_keys.read'
      | 'access_keys.write'
      | 'connector_accounts.read'
      | 'connector_accounts.write'
      | 'tokens.read'
      | 'tokens.act'
      | 'directory_servers.read'
      | 'directory_servers.act'
      | 'reports.read'
      | 'reports.check'
      | 'simulator.read'
      | 'simulator.use'
      | 'audit.read'
      | 'audit.verify'
      | 'operators.read'
      | 'operators.write'
      | 'service_accounts.read'
      | 'service_accounts.write'
      | 'system.read'
    )[];
    readonly kind: 'operator';
    readonly email: string;
    readonly has_password: boolean;
    readonly identity: Schemas['LinkedIdentity'] | null;
    /** Of the session, for the header `X-Csrf-Token` */
    readonly csrf_token: string;
    readonly second_factor: {
      readonly enrolled: boolean;
      readonly must_enrol: boolean;
      readonly recovery_codes_left: number;
    };
  };
  readonly PreviewJob: {
    readonly act: 're_sync' | 'resend_callback' | 'expire' | 'replay_callback';
    readonly reason?: string;
    readonly ids?: readonly string[];
    /** In the dialect of the list of sessions, or of callbacks where these are to be sent again */
    readonly filter?:
      | {
          readonly id?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly merchant_id?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly channel_id?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly environment?:
            | 'test'
            | 'live'
            | readonly ('test' | 'live')[]
            | { readonly eq?: 'test' | 'live'; readonly in?: readonly ('test' | 'live')[] };
          readonly reference?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly bin?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly last_four?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly issuer?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly contains?: string;
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly issuer_country?:
            | string
            | readonly string[]
            | {
                /** ISO 3166-1, two letters */
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly card_type?:
            | 'credit'
            | 'debit'
            | 'prepaid'
            | 'charge'
            | 'deferred_debit'
            | readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[]
            | {
                readonly eq?: 'credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit';
                readonly in?: readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[];
                readonly not_in?: readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[];
                readonly known?: boolean;
              };
          readonly scheme?:
            | 'visa'
            | 'mastercard'
            | 'amex'
            | 'cartes_bancaires'
            | 'jcb'
            | 'diners'
            | 'discover'
            | readonly ('visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover')[]
            | {
                readonly eq?: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover';
                readonly in?: readonly (
                  'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover'
                )[];
                readonly not_in?: readonly (
                  'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover'
                )[];
                readonly known?: boolean;
              };
          readonly status?:
            | 'pending'
            | 'processing'
            | 'challenged'
            | 'approved'
            | 'attempted'
            | 'declined'
            | 'rejected'
            | 'unavailable'
            | 'challenge_abandoned'
            | 'expired'
            | readonly (
                | 'pending'
                | 'processing'
                | 'challenged'
                | 'approved'
                | 'attempted'
                | 'declined'
                | 'rejected'
                | 'unavailable'
                | 'challenge_abandoned'
                | 'expired'
              )[]
            | {
                readonly eq?:
                  | 'pending'
                  | 'processing'
                  | 'challenged'
                  | 'approved'
                  | 'attempted'
                  | 'declined'
                  | 'rejected'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired';
                readonly in?: readonly (
                  | 'pending'
                  | 'processing'
                  | 'challenged'
                  | 'approved'
                  | 'attempted'
                  | 'declined'
                  | 'rejected'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired'
                )[];
                readonly not_in?: readonly (
                  | 'pending'
                  | 'processing'
                  | 'challenged'
                  | 'approved'
                  | 'attempted'
                  | 'declined'
                  | 'rejected'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired'
                )[];
                readonly known?: boolean;
              };
          readonly trans_status?:
            | 'Y'
            | 'N'
            | 'U'
            | 'A'
            | 'C'
            | 'D'
            | 'R'
            | 'I'
            | 'S'
            | readonly ('Y' | 'N' | 'U' | 'A' | 'C' | 'D' | 'R' | 'I' | 'S')[]
            | {
                readonly eq?: 'Y' | 'N' | 'U' | 'A' | 'C' | 'D' | 'R' | 'I' | 'S';
                readonly in?: readonly ('Y' | 'N' | 'U' | 'A' | 'C' | 'D' | 'R' | 'I' | 'S')[];
                readonly not_in?: readonly ('Y' | 'N' | 'U' | 'A' | 'C' | 'D' | 'R' | 'I' | 'S')[];
                readonly known?: boolean;
              };
          readonly trans_status_reason?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly acs?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly connector?:
            | 'emv3ds'
            | 'checkout'
            | readonly ('emv3ds' | 'checkout')[]
            | {
                readonly eq?: 'emv3ds' | 'checkout';
                readonly in?: readonly ('emv3ds' | 'checkout')[];
                readonly not_in?: readonly ('emv3ds' | 'checkout')[];
                readonly known?: boolean;
              };
          readonly advice?:
            | 'authorize'
            | 'authorize_without_shift'
            | 'do_not_authorize'
            | 'retry_or_authorize_without_shift'
            | 'retry'
            | readonly (
                | 'authorize'
                | 'authorize_without_shift'
                | 'do_not_authorize'
                | 'retry_or_authorize_without_shift'
                | 'retry'
              )[]
            | {
                readonly eq?:
                  | 'authorize'
                  | 'authorize_without_shift'
                  | 'do_not_authorize'
                  | 'retry_or_authorize_without_shift'
                  | 'retry';
                readonly in?: readonly (
                  | 'authorize'
                  | 'authorize_without_shift'
                  | 'do_not_authorize'
                  | 'retry_or_authorize_without_shift'
                  | 'retry'
                )[];
              };
          readonly liability_shift?:
            | 'yes'
            | 'no'
            | 'unknown'
            | readonly ('yes' | 'no' | 'unknown')[]
            | {
                readonly eq?: 'yes' | 'no' | 'unknown';
                readonly in?: readonly ('yes' | 'no' | 'unknown')[];
                readonly not_in?: readonly ('yes' | 'no' | 'unknown')[];
                readonly known?: boolean;
              };
          readonly flow?:
            | 'hosted'
            | 'non_hosted'
            | readonly ('hosted' | 'non_hosted')[]
            | {
                readonly eq?: 'hosted' | 'non_hosted';
                readonly in?: readonly ('hosted' | 'non_hosted')[];
                readonly not_in?: readonly ('hosted' | 'non_hosted')[];
                readonly known?: boolean;
              };
          readonly device_channel?:
            | 'browser'
            | 'app'
            | 'merchant_initiated'
            | readonly ('browser' | 'app' | 'merchant_initiated')[]
            | {
                readonly eq?: 'browser' | 'app' | 'merchant_initiated';
                readonly in?: readonly ('browser' | 'app' | 'merchant_initiated')[];
                readonly not_in?: readonly ('browser' | 'app' | 'merchant_initiated')[];
                readonly known?: boolean;
              };
          readonly authentication_category?:
            | 'payment'
            | 'non_payment'
            | readonly ('payment' | 'non_payment')[]
            | {
                readonly eq?: 'payment' | 'non_payment';
                readonly in?: readonly ('payment' | 'non_payment')[];
                readonly not_in?: readonly ('payment' | 'non_payment')[];
                readonly known?: boolean;
              };
          readonly protocol_version?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly acs_operator?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly eci?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly amount_band?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly authentication_type?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly challenge_indicator?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly exemption_requested?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly exemption_applied?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly failed_component?:
            | 'C'
            | 'S'
            | 'D'
            | 'A'
            | readonly ('C' | 'S' | 'D' | 'A')[]
            | {
                readonly eq?: 'C' | 'S' | 'D' | 'A';
                readonly in?: readonly ('C' | 'S' | 'D' | 'A')[];
                readonly not_in?: readonly ('C' | 'S' | 'D' | 'A')[];
                readonly known?: boolean;
              };
          readonly device_class?:
            | 'desktop'
            | 'mobile'
            | 'tablet'
            | readonly ('desktop' | 'mobile' | 'tablet')[]
            | {
                readonly eq?: 'desktop' | 'mobile' | 'tablet';
                readonly in?: readonly ('desktop' | 'mobile' | 'tablet')[];
                readonly not_in?: readonly ('desktop' | 'mobile' | 'tablet')[];
                readonly known?: boolean;
              };
          readonly browser_family?:
            | 'Chrome'
            | 'Edge'
            | 'Firefox'
            | 'Opera'
            | 'Safari'
            | 'other'
            | readonly ('Chrome' | 'Edge' | 'Firefox' | 'Opera' | 'Safari' | 'other')[]
            | {
                readonly eq?: 'Chrome' | 'Edge' | 'Firefox' | 'Opera' | 'Safari' | 'other';
                readonly in?: readonly ('Chrome' | 'Edge' | 'Firefox' | 'Opera' | 'Safari' | 'other')[];
                readonly not_in?: readonly ('Chrome' | 'Edge' | 'Firefox' | 'Opera' | 'Safari' | 'other')[];
                readonly known?: boolean;
              };
          readonly amount?:
            | number
            | {
                readonly eq?: number;
                readonly gt?: number;
                readonly gte?: number;
                readonly lt?: number;
                readonly lte?: number;
              };
          readonly currency?:
            | string
            | readonly string[]
            | {
                readonly eq?: string;
                readonly in?: readonly string[];
                readonly not_in?: readonly string[];
                readonly known?: boolean;
              };
          readonly created_at?: {
            readonly gt?: string;
            readonly gte?: string;
            readonly lt?: string;
            readonly lte?: string;
          };
          readonly counts_as?:
            | 'sessions'
            | 'open'
            | 'awaiting'
            | 'not_submitted'
            | 'refused'
            | 'submitted'
            | 'submitted_for_authentication'
            | 'frictionless'
            | 'frictionless_for_authentication'
            | 'frictionless_succeeded'
            | 'failed_before_answer'
            | 'challenge_requested'
            | 'challenge_shown'
            | 'challenge_completed'
            | 'challenge_succeeded'
            | 'approved'
            | 'attempted'
            | 'data_only'
            | 'declined'
            | 'rejected'
            | 'issuer_declined'
            | 'unavailable'
            | 'challenge_abandoned'
            | 'expired'
            | 'technical_failure'
            | 'exemption_requested'
            | 'exemption_applied'
            | 'exemption_granted'
            | 'liability_shifted'
            | 'failed_over'
            | 'recovered_late'
            | readonly (
                | 'sessions'
                | 'open'
                | 'awaiting'
                | 'not_submitted'
                | 'refused'
                | 'submitted'
                | 'submitted_for_authentication'
                | 'frictionless'
                | 'frictionless_for_authentication'
                | 'frictionless_succeeded'
                | 'failed_before_answer'
                | 'challenge_requested'
                | 'challenge_shown'
                | 'challenge_completed'
                | 'challenge_succeeded'
                | 'approved'
                | 'attempted'
                | 'data_only'
                | 'declined'
                | 'rejected'
                | 'issuer_declined'
                | 'unavailable'
                | 'challenge_abandoned'
                | 'expired'
                | 'technical_failure'
                | 'exemption_requested'
                | 'exemption_applied'
                | 'exemption_granted'
                | 'liability_shifted'
                | 'failed_over'
                | 'recovered_late'
              )[]
            | {
                readonly eq?:
                  | 'sessions'
                  | 'open'
                  | 'awaiting'
                  | 'not_submitted'
                  | 'refused'
                  | 'submitted'
                  | 'submitted_for_authentication'
                  | 'frictionless'
                  | 'frictionless_for_authentication'
                  | 'frictionless_succeeded'
                  | 'failed_before_answer'
                  | 'challenge_requested'
                  | 'challenge_shown'
                  | 'challenge_completed'
                  | 'challenge_succeeded'
                  | 'approved'
                  | 'attempted'
                  | 'data_only'
                  | 'declined'
                  | 'rejected'
                  | 'issuer_declined'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired'
                  | 'technical_failure'
                  | 'exemption_requested'
                  | 'exemption_applied'
                  | 'exemption_granted'
                  | 'liability_shifted'
                  | 'failed_over'
                  | 'recovered_late';
                readonly in?: readonly (
                  | 'sessions'
                  | 'open'
                  | 'awaiting'
                  | 'not_submitted'
                  | 'refused'
                  | 'submitted'
                  | 'submitted_for_authentication'
                  | 'frictionless'
                  | 'frictionless_for_authentication'
                  | 'frictionless_succeeded'
                  | 'failed_before_answer'
                  | 'challenge_requested'
                  | 'challenge_shown'
                  | 'challenge_completed'
                  | 'challenge_succeeded'
                  | 'approved'
                  | 'attempted'
                  | 'data_only'
                  | 'declined'
                  | 'rejected'
                  | 'issuer_declined'
                  | 'unavailable'
                  | 'challenge_abandoned'
                  | 'expired'
                  | 'technical_failure'
                  | 'exemption_requested'
                  | 'exemption_applied'
                  | 'exemption_granted'
                  | 'liability_shifted'
                  | 'failed_over'
                  | 'recovered_late'
                )[];
              };
          readonly leg?:
            | 'method_start'
            | 'method'
            | 'request'
            | 'answer'
            | 'challenge_open'
            | 'first_input'
            | 'input_to_result'
            | 'challenge'
            | 'callback'
            | 'whole'
            | readonly (
                | 'method_start'
                | 'method'
                | 'request'
                | 'answer'
                | 'challenge_open'
                | 'first_input'
                | 'input_to_result'
                | 'challenge'
                | 'callback'
                | 'whole'
              )[]
            | {
                readonly eq?:
                  | 'method_start'
                  | 'method'
                  | 'request'
                  | 'answer'
                  | 'challenge_open'
                  | 'first_input'
                  | 'input_to_result'
                  | 'challenge'
                  | 'callback'
                  | 'whole';
                readonly in?: readonly (
                  | 'method_start'
                  | 'method'
                  | 'request'
                  | 'answer'
                  | 'challenge_open'
                  | 'first_input'
                  | 'input_to_result'
                  | 'challenge'
                  | 'callback'
                  | 'whole'
                )[];
              };
          readonly is_refused?: boolean | { readonly eq?: boolean };
          readonly is_past_deadline?: boolean | { readonly eq?: boolean };
          readonly is_unresolved?: boolean | { readonly eq?: boolean };
          readonly is_last_of_purchase?: boolean | { readonly eq?: boolean };
          readonly is_callback_failed?: boolean | { readonly eq?: boolean };
          readonly retry_of?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly directory_server?:
            | 'visa'
            | 'mastercard'
            | 'amex'
            | 'cartes_bancaires'
            | 'jcb'
            | 'discover'
            | readonly ('visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'discover')[]
            | {
                readonly eq?: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'discover';
                readonly in?: readonly ('visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'discover')[];
              };
          readonly is_areq_unanswered?: boolean | { readonly eq?: boolean };
          readonly called_connector?:
            | 'emv3ds'
            | 'checkout'
            | readonly ('emv3ds' | 'checkout')[]
            | { readonly eq?: 'emv3ds' | 'checkout'; readonly in?: readonly ('emv3ds' | 'checkout')[] };
          readonly failed_connector?:
            | 'emv3ds'
            | 'checkout'
            | readonly ('emv3ds' | 'checkout')[]
            | { readonly eq?: 'emv3ds' | 'checkout'; readonly in?: readonly ('emv3ds' | 'checkout')[] };
          readonly is_inquiry_due?: boolean | { readonly eq?: boolean };
          readonly is_notice_left?: boolean | { readonly eq?: boolean };
          readonly transaction_id?:
            string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly is_demo?: boolean | { readonly eq?: boolean };
        }
      | {
          readonly merchant_id?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly channel_id?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly session_id?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly state?:
            | 'due'
            | 'delivered'
            | 'dead'
            | readonly ('due' | 'delivered' | 'dead')[]
            | { readonly eq?: 'due' | 'delivered' | 'dead'; readonly in?: readonly ('due' | 'delivered' | 'dead')[] };
          readonly kind?:
            | 'session_completed'
            | 'session_retried'
            | readonly ('session_completed' | 'session_retried')[]
            | {
                readonly eq?: 'session_completed' | 'session_retried';
                readonly in?: readonly ('session_completed' | 'session_retried')[];
              };
          readonly environment?:
            | 'test'
            | 'live'
            | readonly ('test' | 'live')[]
            | { readonly eq?: 'test' | 'live'; readonly in?: readonly ('test' | 'live')[] };
          readonly endpoint?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly last_problem?:
            | 'refused'
            | 'unresolvable'
            | 'timeout'
            | 'cut'
            | 'too_large'
            | 'invalid_url'
            | 'forbidden_address'
            | 'redirect'
            | 'bad_status'
            | 'channel_missing'
            | 'not_prepared'
            | readonly (
                | 'refused'
                | 'unresolvable'
                | 'timeout'
                | 'cut'
                | 'too_large'
                | 'invalid_url'
                | 'forbidden_address'
                | 'redirect'
                | 'bad_status'
                | 'channel_missing'
                | 'not_prepared'
              )[]
            | {
                readonly eq?:
                  | 'refused'
                  | 'unresolvable'
                  | 'timeout'
                  | 'cut'
                  | 'too_large'
                  | 'invalid_url'
                  | 'forbidden_address'
                  | 'redirect'
                  | 'bad_status'
                  | 'channel_missing'
                  | 'not_prepared';
                readonly in?: readonly (
                  | 'refused'
                  | 'unresolvable'
                  | 'timeout'
                  | 'cut'
                  | 'too_large'
                  | 'invalid_url'
                  | 'forbidden_address'
                  | 'redirect'
                  | 'bad_status'
                  | 'channel_missing'
                  | 'not_prepared'
                )[];
              };
          readonly created_at?: {
            readonly gt?: string;
            readonly gte?: string;
            readonly lt?: string;
            readonly lte?: string;
          };
          readonly is_failing?: boolean | { readonly eq?: boolean };
          readonly is_due_now?: boolean | { readonly eq?: boolean };
          readonly is_being_sent_again?: boolean | { readonly eq?: boolean };
          readonly counts_as?:
            | 'due'
            | 'first_try'
            | 'delivered'
            | 'backlog'
            | 'dead'
            | readonly ('due' | 'first_try' | 'delivered' | 'backlog' | 'dead')[]
            | {
                readonly eq?: 'due' | 'first_try' | 'delivered' | 'backlog' | 'dead';
                readonly in?: readonly ('due' | 'first_try' | 'delivered' | 'backlog' | 'dead')[];
              };
          readonly session_created_at?: {
            readonly gt?: string;
            readonly gte?: string;
            readonly lt?: string;
            readonly lte?: string;
          };
          readonly scheme?:
            | 'visa'
            | 'mastercard'
            | 'amex'
            | 'cartes_bancaires'
            | 'jcb'
            | 'diners'
            | 'discover'
            | readonly ('visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover')[]
            | {
                readonly eq?: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover';
                readonly in?: readonly (
                  'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover'
                )[];
              };
          readonly bin?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly issuer?:
            | string
            | readonly string[]
            | { readonly eq?: string; readonly in?: readonly string[]; readonly contains?: string };
          readonly issuer_country?:
            | string
            | readonly string[]
            | {
                /** ISO 3166-1, two letters */
                readonly eq?: string;
                readonly in?: readonly string[];
              };
          readonly card_type?:
            | 'credit'
            | 'debit'
            | 'prepaid'
            | 'charge'
            | 'deferred_debit'
            | readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[]
            | {
                readonly eq?: 'credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit';
                readonly in?: readonly ('credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit')[];
              };
          readonly acs?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly connector?:
            | 'emv3ds'
            | 'checkout'
            | readonly ('emv3ds' | 'checkout')[]
            | { readonly eq?: 'emv3ds' | 'checkout'; readonly in?: readonly ('emv3ds' | 'checkout')[] };
          readonly currency?: string | readonly string[] | { readonly eq?: string; readonly in?: readonly string[] };
          readonly amount?:
            | number
            | {
                readonly eq?: number;
                readonly gt?: number;
                readonly gte?: number;
                readonly lt?: number;
                readonly lte?: number;
              };
          readonly flow?:
            | 'hosted'
            | 'non_hosted'
            | readonly ('hosted' | 'non_hosted')[]
            | { readonly eq?: 'hosted' | 'non_hosted'; readonly in?: readonly ('hosted' | 'non_hosted')[] };
          readonly device_channel?:
            | 'browser'
            | 'app'
            | 'merchant_initiated'
            | readonly ('browser' | 'app' | 'merchant_initiated')[]
            | {
                readonly eq?: 'browser' | 'app' | 'merchant_initiated';
                readonly in?: readonly ('browser' | 'app' | 'merchant_initiated')[];
              };
          readonly is_last_of_purchase?: boolean | { readonly eq?: boolean };
          readonly is_demo?: boolean | { readonly eq?: boolean };
        };
  };
  readonly Program: {
    readonly id: string;
    readonly name: string;
    readonly role: 'viewer' | 'operator' | 'merchant_admin' | 'admin';
    readonly all_merchants: boolean;
    readonly merchant_ids: readonly string[];
    readonly permissions: readonly (
      | 'own_account.use'
      | 'overview.read'
      | 'sessions.read'
      | 'sessions.act'
      | 'callbacks.read'
      | 'callbacks.act'
      | 'merchants.read'
      | 'merchants.create'
      | 'merchants.write'
      | 'merchants.suspend'
      | 'access_keys.read'
      | 'access_keys.write'
      | 'connector_accounts.read'
      | 'connector_accounts.write'
      | 'tokens.read'
      | 'tokens.act'
      | 'directory_servers.read'
      | 'directory_servers.act'
      | 'reports.read'
      | 'reports.check'
      | 'simulator.read'
      | 'simulator.use'
      | 'audit.read'
      | 'audit.verify'
      | 'operators.read'
      | 'operators.write'
      | 'service_accounts.read'
      | 'service_accounts.write'
      | 'system.read'
    )[];
    readonly kind: 'service_account';
  };
  readonly PublicKey: {
    readonly id: string;
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly status: 'active' | 'ending' | 'ended';
    readonly created_at: string;
    readonly last_used_at: string | null;
    /** May be to come */
    readonly ends_at: string | null;
    readonly channel_id: string;
    readonly allowed_origins: readonly string[];
  };
  readonly PublicKeyPage: {
    readonly data: readonly Schemas['PublicKey'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly Reason: { readonly reason?: string };
  readonly RecoveryCodes: { readonly recovery_codes: readonly string[] };
  readonly Refresh: { readonly reason?: string };
  readonly ReplayOutcome: {
    readonly delivered: boolean;
    readonly status: number | null;
    readonly problem: string | null;
  };
  readonly ReportCallbacks: {
    readonly from: string;
    readonly to: string;
    readonly traffic: 'live' | 'test' | 'demo';
    readonly basis: 'raw' | 'deduplicated';
    readonly due: number;
    readonly first_try_rate: Schemas['ReportRate'];
    readonly delivered_rate: Schemas['ReportRate'];
    readonly dead: number;
    readonly backlog: number;
    readonly oldest_due_at: string | null;
    readonly lag: { readonly p50_ms: number | null; readonly p95_ms: number | null; readonly p99_ms: number | null };
    readonly unresolved_past_deadline: number;
  };
  readonly ReportCatalogue: {
    readonly time_basis: string;
    /** How exact they are */
    readonly percentiles: string;
    readonly small_below: number;
    readonly counts: readonly Readonly<Record<string, unknown>>[];
    readonly rates: readonly Readonly<Record<string, unknown>>[];
    readonly durations: readonly Readonly<Record<string, unknown>>[];
    readonly callbacks: readonly Readonly<Record<string, unknown>>[];
    readonly dimensions: readonly Readonly<Record<string, unknown>>[];
    readonly identities: readonly Readonly<Record<string, unknown>>[];
  };
  readonly ReportCheck: {
    /** One waits for a worker, or is being done */
    readonly is_under_way: boolean;
    /** The last one that has ended */
    readonly last: Schemas['ReportCheckResult'] | null;
  };
  readonly ReportCheckFinding: {
    /** When the hour began */
    readonly hour: string;
    readonly merchant_id: string;
    /** `rollup`: it was not what its sessions make. `sessions`: more or fewer were counted than there are. Else the identity of the catalogue that does not hold */
    readonly what: string;
    /** By how many, where that is one number */
    readonly excess: number | null;
    /** The hour was rolled up anew */
    readonly is_mended: boolean;
  };
  readonly ReportCheckResult: {
    readonly began_at: string | null;
    readonly ended_at: string | null;
    /** Settled hours that it looked at */
    readonly hours: number;
    /** Nothing was found in your scope */
    readonly holds: boolean;
    /** At most 100 */
    readonly findings: readonly Schemas['ReportCheckFinding'][];
  };
  readonly ReportDurations: {
    readonly from: string;
    readonly to: string;
    readonly traffic: 'live' | 'test' | 'demo';
    readonly basis: 'raw' | 'deduplicated';
    readonly legs: readonly {
      readonly id: string;
      readonly count: number;
      readonly small: boolean;
      readonly p50_ms: number | null;
      readonly p95_ms: number | null;
      readonly p99_ms: number | null;
      readonly max_ms: number | null;
    }[];
  };
  readonly ReportRate: {
    readonly numerator: number;
    readonly denominator: number;
    /** So few are in the denominator that the rate says little */
    readonly small: boolean;
    /** Absent where nothing is in the denominator */
    readonly value?: number;
  };
  readonly ReportSlice: {
    readonly counts: Readonly<Record<string, number>>;
    readonly rates: Readonly<Record<string, Schemas['ReportRate']>>;
  };
  readonly ReportSplit: {
    readonly from: string;
    readonly to: string;
    readonly traffic: 'live' | 'test' | 'demo';
    readonly basis: 'raw' | 'deduplicated';
    readonly by:
      | 'merchant'
      | 'channel'
      | 'connector'
      | 'scheme'
      | 'bin'
      | 'issuer'
      | 'issuer_country'
      | 'card_type'
      | 'acs'
      | 'acs_operator'
      | 'status'
      | 'trans_status'
      | 'reason'
      | 'eci'
      | 'verdict'
      | 'currency'
      | 'amount_band'
      | 'flow'
      | 'device_channel'
      | 'category'
      | 'authentication_type'
      | 'protocol_version'
      | 'challenge_indicator'
      | 'exemption_requested'
      | 'exemption_applied'
      | 'failed_component'
      | 'device_class'
      | 'browser_family';
    readonly rows: readonly {
      readonly value: string | null;
      readonly counts: Readonly<Record<string, number>>;
      readonly rates: Readonly<Record<string, Schemas['ReportRate']>>;
    }[];
    readonly others: Schemas['ReportSlice'];
    readonly total: Schemas['ReportSlice'];
  };
  readonly ReportSummary: {
    readonly from: string;
    readonly to: string;
    readonly traffic: 'live' | 'test' | 'demo';
    readonly basis: 'raw' | 'deduplicated';
    readonly counts: Readonly<Record<string, number>>;
    readonly rates: Readonly<Record<string, Schemas['ReportRate']>>;
    readonly identities: readonly {
      readonly id: string;
      readonly title: string;
      readonly holds: boolean;
      readonly excess: number;
    }[];
    /** In minor units; sums never cross currencies */
    readonly money: readonly {
      readonly currency: string;
      readonly sessions: number;
      readonly amount: number;
      readonly approved_amount: number;
    }[];
  };
  readonly ReportTrend: {
    readonly from: string;
    readonly to: string;
    readonly traffic: 'live' | 'test' | 'demo';
    readonly basis: 'raw' | 'deduplicated';
    readonly unit: 'hour' | 'day' | 'week';
    readonly zone: string;
    readonly points: readonly {
      readonly at: string;
      readonly counts: Readonly<Record<string, number>>;
      readonly rates: Readonly<Record<string, Schemas['ReportRate']>>;
    }[];
  };
  readonly ReportsAbout: { readonly has_demo: boolean };
  readonly Reproduced: {
    readonly session_id: string;
    readonly status: Schemas['SessionStatus'];
    readonly trans_status: string | null;
    readonly trans_status_reason: string | null;
  };
  readonly ReproductionPlan: {
    readonly kind: 'replay' | 'not_possible';
    readonly code: string | null;
    /** What would happen, for people */
    readonly explanation: readonly string[];
    /** What would not be as it was */
    readonly differences: readonly string[];
  };
  readonly ResultFault: {
    readonly mode: 'none' | 'duplicate' | 'parallel' | 'before_ares' | 'foreign_ids' | 'never' | 'late';
    readonly delay_ms?: number;
    readonly times?: number;
  };
  readonly Retried: {
    readonly kind: 'drive_on' | 'new_session';
    readonly session_id: string;
    readonly status: Schemas['SessionStatus'];
    /** For the cardholder alone; shown this once */
    readonly hosted_url: string | null;
    readonly link_ends_at: string | null;
  };
  readonly Retry: { readonly link_hours?: number; readonly reason?: string };
  readonly RetryPlan: {
    readonly kind: 'drive_on' | 'new_session' | 'not_possible';
    readonly code: string | null;
    /** What would happen, for people */
    readonly explanation: readonly string[];
    readonly link_hours: { readonly least: number; readonly most: number; readonly usual: number } | null;
    readonly retry_of: string | null;
    readonly retried_as: string | null;
  };
  readonly RotateAccessKey: { readonly overlap_hours?: number; readonly reason?: string };
  readonly RotateConnectorAccount: {
    readonly overlap_hours?: number;
    readonly version?: number;
    readonly reason?: string;
    readonly client_id: string;
    readonly client_secret: string;
    readonly expires_at?: string;
    readonly test?: boolean;
  };
  readonly RotatedAccessKey: {
    readonly id: string;
    readonly merchant_id: string;
    readonly environment: 'test' | 'live';
    readonly status: 'active' | 'ending' | 'ended';
    readonly created_at: string;
    readonly last_used_at: string | null;
    /** May be to come */
    readonly ends_at: string | null;
    readonly default_channel_id: string | null;
    readonly scopes: readonly string[];
    readonly token_ttl_seconds: number;
    readonly client_id: string;
    /** Shown this once */
    readonly client_secret: string;
    readonly replaces: Schemas['AccessKey'];
  };
  readonly ServiceAccount: {
    readonly id: string;
    readonly name: string;
    readonly role: 'viewer' | 'operator' | 'merchant_admin' | 'admin';
    readonly all_merchants: boolean;
    readonly merchant_ids: readonly string[];
    readonly created_at: string;
    readonly last_used_at: string | null;
    readonly revoked_at: string | null;
  };
  readonly ServiceAccountPage: {
    readonly data: readonly Schemas['ServiceAccount'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly Session: {
    readonly id: string;
    readonly merchant_id: string;
    readonly channel_id: string;
    readonly environment: 'test' | 'live';
    readonly created_at: string;
    readonly updated_at: string;
    readonly final_at: string | null;
    readonly status: Schemas['SessionStatus'];
    readonly status_reason: string | null;
    /** Why it was turned away at creation */
    readonly refusal_code: string | null;
    readonly verdict: Schemas['Verdict'] | null;
    readonly trans_status: string | null;
    readonly trans_status_reason: string | null;
    readonly eci: string | null;
    readonly scheme: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover' | null;
    readonly bin: string | null;
    readonly last_four: string | null;
    /** As what is known of the BIN tells; null where nothing is */
    readonly issuer: string | null;
    /** ISO 3166-1, two letters */
    readonly issuer_country: string | null;
    readonly card_type: 'credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit' | null;
    /** In minor units */
    readonly amount: number;
    readonly currency: string;
    readonly reference: string | null;
    readonly flow: 'hosted' | 'non_hosted';
    readonly device_channel: 'browser' | 'app' | 'merchant_initiated' | null;
    readonly authentication_category: string;
    readonly authentication_type: string;
    readonly protocol_version: string | null;
    readonly connector: string | null;
    readonly attempts: number;
    readonly acs: { readonly reference_number: string | null; readonly operator_id: string | null } | null;
    /** Null until the issuer side has finished */
    readonly challenged: boolean | null;
    readonly is_past_deadline: boolean;
    /** The session in whose place an operator made it */
    readonly retry_of: string | null;
    /** It never was: it is there to be looked at */
    readonly is_demo: boolean;
    readonly acts: Readonly<Record<string, Schemas['ActState']>>;
    readonly deadline_at: string | null;
    readonly completed_at: string | null;
    readonly callback_url: string | null;
    /** The session that stands in for it */
    readonly retried_as: string | null;
    /** Which try it is; the session that began it all was the first */
    readonly try_number: number;
    /** The session that it replays at the simulator */
    readonly reproduced_from: string | null;
    /** Those that replay it, the newest first */
    readonly reproductions: readonly string[];
    readonly challenge_indicator: string | null;
    readonly request: Readonly<Record<string, unknown>>;
    readonly timeline: readonly Schemas['SessionEvent'][];
    readonly page_legs: readonly Schemas['PageLeg'][];
    readonly attempts_made: readonly Schemas['Attempt'][];
    readonly messages: readonly Schemas['Message'][];
    readonly callbacks: readonly Schemas['SessionCallback'][];
  };
  readonly SessionAct: { readonly reason?: string };
  readonly SessionCallback: {
    readonly id: string;
    readonly kind: string;
    readonly url: string;
    readonly state: 'due' | 'delivered' | 'dead';
    readonly created_at: string;
    readonly delivered_at: string | null;
    readonly next_try_at: string | null;
    /** Since when a delivered one is wanted once more */
    readonly resend_at: string | null;
    readonly deliveries: readonly {
      readonly try: number;
      readonly at: string;
      readonly duration_ms: number;
      readonly status: number | null;
      readonly problem: string | null;
    }[];
  };
  readonly SessionEvent: {
    readonly seq: number;
    readonly at: string;
    readonly type: string;
    readonly from: Schemas['SessionStatus'] | null;
    readonly to: Schemas['SessionStatus'];
    /** A wire id, `issuer`, `cardholder` or `system` */
    readonly actor: string;
    readonly attempt: number;
    readonly leg: string | null;
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly SessionLine: {
    readonly id: string;
    readonly merchant_id: string;
    readonly channel_id: string;
    readonly environment: 'test' | 'live';
    readonly created_at: string;
    readonly updated_at: string;
    readonly final_at: string | null;
    readonly status: Schemas['SessionStatus'];
    readonly status_reason: string | null;
    /** Why it was turned away at creation */
    readonly refusal_code: string | null;
    readonly verdict: Schemas['Verdict'] | null;
    readonly trans_status: string | null;
    readonly trans_status_reason: string | null;
    readonly eci: string | null;
    readonly scheme: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover' | null;
    readonly bin: string | null;
    readonly last_four: string | null;
    /** As what is known of the BIN tells; null where nothing is */
    readonly issuer: string | null;
    /** ISO 3166-1, two letters */
    readonly issuer_country: string | null;
    readonly card_type: 'credit' | 'debit' | 'prepaid' | 'charge' | 'deferred_debit' | null;
    /** In minor units */
    readonly amount: number;
    readonly currency: string;
    readonly reference: string | null;
    readonly flow: 'hosted' | 'non_hosted';
    readonly device_channel: 'browser' | 'app' | 'merchant_initiated' | null;
    readonly authentication_category: string;
    readonly authentication_type: string;
    readonly protocol_version: string | null;
    readonly connector: string | null;
    readonly attempts: number;
    readonly acs: { readonly reference_number: string | null; readonly operator_id: string | null } | null;
    /** Null until the issuer side has finished */
    readonly challenged: boolean | null;
    readonly is_past_deadline: boolean;
    /** The session in whose place an operator made it */
    readonly retry_of: string | null;
    /** It never was: it is there to be looked at */
    readonly is_demo: boolean;
  };
  readonly SessionLinePage: {
    readonly data: readonly Schemas['SessionLine'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly SessionStatus:
    | 'pending'
    | 'processing'
    | 'challenged'
    | 'approved'
    | 'attempted'
    | 'declined'
    | 'rejected'
    | 'unavailable'
    | 'challenge_abandoned'
    | 'expired';
  readonly ShowFactor: { readonly totp?: string; readonly recovery_code?: string };
  readonly SignIn: {
    readonly email: string;
    readonly password: string;
    readonly totp?: string;
    readonly recovery_code?: string;
  };
  readonly Simulator: {
    readonly shop_url: string;
    readonly challenge_password: string;
    readonly cards: readonly {
      /** Published, and nobody’s */
      readonly number: string;
      readonly scheme: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'diners' | 'discover';
      readonly flow: 'frictionless' | 'challenge' | 'none';
      readonly status: 'approved' | 'attempted' | 'declined' | 'rejected' | 'unavailable' | 'error';
      readonly reason: string | null;
      readonly has_method: boolean;
    }[];
    readonly fault_modes: {
      readonly ds: readonly string[];
      readonly rreq: readonly string[];
      readonly callback: readonly string[];
    };
    readonly faults: Schemas['SimulatorFaults'];
    /** Of its Checkout.com */
    readonly upstream_faults: readonly {
      readonly on: string;
      readonly mode: string;
      readonly times: number | null;
      readonly struck: number;
    }[];
  };
  readonly SimulatorFaults: {
    readonly ds: {
      readonly mode: 'none' | 'timeout' | 'reset' | 'garbage' | 'html' | 'empty' | 'erro' | 'status500' | 'slow';
      readonly delay_ms: number;
      /** Uses left; null until somebody ends it */
      readonly times: number | null;
      /** At this one only */
      readonly scheme: 'visa' | 'mastercard' | 'amex' | 'cartes_bancaires' | 'jcb' | 'discover' | null;
      readonly message: 'AReq' | 'PReq' | 'any';
    };
    readonly rreq: {
      readonly mode: 'none' | 'duplicate' | 'parallel' | 'before_ares' | 'foreign_ids' | 'never' | 'late';
      readonly delay_ms: number;
      /** Uses left; null until somebody ends it */
      readonly times: number | null;
    };
    readonly callback: {
      readonly mode: 'none' | 'status500' | 'timeout' | 'reset' | 'slow';
      readonly delay_ms: number;
      /** Uses left; null until somebody ends it */
      readonly times: number | null;
    };
  };
  readonly SimulatorReset: { readonly reason?: string };
  readonly SimulatorState: {
    readonly faults: Schemas['SimulatorFaults'];
    /** Of its Checkout.com */
    readonly upstream_faults: readonly {
      readonly on: string;
      readonly mode: string;
      readonly times: number | null;
      readonly struck: number;
    }[];
  };
  readonly System: {
    readonly version: string;
    readonly node: string;
    readonly is_demo: boolean;
    readonly database: { readonly version: string; readonly bytes: number };
    readonly replicas: readonly {
      readonly id: string;
      readonly role: 'api' | 'worker' | 'all';
      readonly version: string;
      readonly host: string;
      readonly pid: number;
      readonly is_alive: boolean;
      readonly started_at: string;
      readonly seen_at: string;
      readonly event_loop_delay_ms: number;
      readonly memory_bytes: number;
    }[];
    readonly jobs: readonly {
      readonly name: string;
      readonly replica: string;
      readonly every_ms: number | null;
      readonly last_at: string | null;
      readonly duration_ms: number | null;
      readonly outcome: 'done' | 'failed' | null;
      readonly next_at: string | null;
      readonly runs: number;
      readonly failures: number;
    }[];
    readonly leases: readonly {
      readonly name: string;
      readonly holder: string;
      readonly fence: number;
      readonly expires_at: string;
      readonly is_held: boolean;
    }[];
    readonly queues: readonly { readonly name: string; readonly count: number; readonly oldest_at: string | null }[];
    readonly partitions: readonly {
      readonly table: string;
      readonly period: 'day' | 'month';
      readonly count: number;
      readonly first: string | null;
      readonly last: string | null;
      readonly next: string | null;
      readonly bytes: number;
    }[];
    readonly migrations: { readonly applied: readonly string[]; readonly pending: readonly string[] };
    readonly keks: readonly {
      readonly id: string;
      readonly is_current: boolean;
      readonly is_configured: boolean;
      readonly values: number;
    }[];
  };
  readonly TestBrowser: {
    readonly java_enabled?: boolean;
    readonly language: string;
    readonly color_depth: string;
    readonly screen_height: string;
    readonly screen_width: string;
    readonly timezone: string;
  };
  readonly TestSession: {
    readonly channel_id: string;
    readonly card: string;
    readonly amount: number;
    readonly currency: string;
    readonly flow: 'hosted' | 'non_hosted';
    readonly challenge_indicator?:
      | 'no_preference'
      | 'no_challenge_requested'
      | 'challenge_requested'
      | 'challenge_requested_mandate'
      | 'low_value'
      | 'trusted_listing'
      | 'trusted_listing_prompt'
      | 'transaction_risk_assessment'
      | 'data_share';
    readonly reference?: string;
    readonly browser?: Schemas['TestBrowser'];
    readonly reason?: string;
  };
  readonly TokenAct: { readonly reason?: string };
  readonly TokenError: {
    readonly error: 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope';
  };
  readonly TokenRequest: {
    readonly grant_type: 'client_credentials';
    /** Required unless HTTP Basic is used */
    readonly client_id?: string;
    /** Required unless HTTP Basic is used */
    readonly client_secret?: string;
    /** Separated by spaces. Left out: all scopes of the access key */
    readonly scope?: string;
  };
  readonly UpstreamToken: {
    readonly id: string;
    readonly account_id: string;
    readonly account_name: string | null;
    readonly merchant_id: string | null;
    readonly connector: string | null;
    readonly scopes: readonly string[];
    readonly state: 'valid' | 'none' | 'fetching' | 'renewal_failing' | 'failing' | 'refused';
    readonly issued_at: string | null;
    readonly expires_at: string | null;
    readonly renew_at: string;
    readonly in_use_until: string;
    readonly fetching_until: string | null;
    readonly life_seconds: number | null;
    readonly failures: number;
    readonly failure: string | null;
    readonly rejections: number;
    readonly refused_until: string | null;
    readonly fetched_by: string | null;
    readonly refreshes: number;
    readonly lives: number;
    readonly refreshes_per_life: number | null;
    readonly failed_refreshes: number;
    readonly last_failure: string | null;
    readonly last_failed_at: string | null;
    readonly waits: number;
    readonly last_waited_at: string | null;
    readonly created_at: string;
  };
  readonly UpstreamTokenPage: {
    readonly data: readonly Schemas['UpstreamToken'][];
    /** For `after` */
    readonly next: string | null;
    /** For `after` */
    readonly prev: string | null;
  };
  readonly Verdict: {
    readonly decided_by: 'issuer' | 'directory_server' | 'cardholder' | 'nobody';
    readonly liability_shift: 'yes' | 'no' | 'unknown';
    readonly advice:
      'authorize' | 'authorize_without_shift' | 'do_not_authorize' | 'retry_or_authorize_without_shift' | 'retry';
    readonly text: string;
  };
  readonly VerifyAudit: { readonly anchor?: string };
  readonly WaysIn: { readonly identity_provider: { readonly name: string } | null; readonly password: boolean };
  readonly WebhookAddress: {
    /** Where the upstream is to send its webhooks; shown this once */
    readonly webhook_address: string;
  };
  readonly WebhookKey: { readonly key: string; readonly reason?: string; readonly version?: number };
  readonly WebhookSecret: {
    /** Shown this once */
    readonly webhook_secret: string;
  };
}

/** Every route, by method and path. */
export interface Routes {
  /** List access keys */
  'GET access-keys': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['AccessKeyPage'];
  };

  /** Issue an access key to a merchant’s backend */
  'POST access-keys': {
    readonly query: NoQuery;
    readonly body: Schemas['IssueAccessKey'];
    readonly answer: Schemas['IssuedAccessKey'];
  };

  /** Show an access key */
  'GET access-keys/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['AccessKey'];
  };

  /** End it and the tokens that it got, for good */
  'POST access-keys/{id}/revoke': {
    readonly query: NoQuery;
    readonly body: Schemas['Reason'] | undefined;
    readonly answer: Schemas['AccessKey'];
  };

  /** Issue another one in its place; the old one ends after the overlap */
  'POST access-keys/{id}/rotate': {
    readonly query: NoQuery;
    readonly body: Schemas['RotateAccessKey'] | undefined;
    readonly answer: Schemas['RotatedAccessKey'];
  };

  /** What operators did */
  'GET audit': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'seq' | '-seq';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['AuditEntryPage'];
  };

  /** Look at the whole chain */
  'POST audit/verify': {
    readonly query: NoQuery;
    readonly body: Schemas['VerifyAudit'] | undefined;
    readonly answer: Schemas['ChainVerdict'];
  };

  /** Set the password of an invitation */
  'POST auth/invitations/accept': {
    readonly query: NoQuery;
    readonly body: Schemas['AcceptInvitation'];
    readonly answer: Schemas['AcceptedInvitation'];
  };

  /** Who calls, and what that one may do */
  'GET auth/me': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['Me'];
  };

  /** Where the browser has to go to sign in at the identity provider */
  'POST auth/oidc/begin': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['AuthorizationUrl'];
  };

  /** Where the identity provider sends the browser back to */
  'GET auth/oidc/return': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: null;
  };

  /** Show our own second factor where the identity provider has not asked for one */
  'POST auth/oidc/second-factor': {
    readonly query: NoQuery;
    readonly body: Schemas['ShowFactor'] | undefined;
    readonly answer: null;
  };

  /** Change the password; other sessions end */
  'PUT auth/password': {
    readonly query: NoQuery;
    readonly body: Schemas['ChangePassword'];
    readonly answer: null;
  };

  /** Get a secret for an authenticator app */
  'POST auth/second-factor': {
    readonly query: NoQuery;
    readonly body: Schemas['BeginSecondFactor'] | undefined;
    readonly answer: Schemas['NewSecondFactor'];
  };

  /** Make the new secret count; get recovery codes */
  'POST auth/second-factor/confirm': {
    readonly query: NoQuery;
    readonly body: Schemas['ConfirmSecondFactor'];
    readonly answer: Schemas['RecoveryCodes'];
  };

  /** Sign in */
  'POST auth/sign-in': {
    readonly query: NoQuery;
    readonly body: Schemas['SignIn'];
    readonly answer: null;
  };

  /** The ways in that there are */
  'GET auth/sign-in': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['WaysIn'];
  };

  /** End this session */
  'POST auth/sign-out': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: null;
  };

  /** Get a token for a service account */
  'POST auth/token': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['AdminToken'];
  };

  /** What merchants are owed */
  'GET callbacks': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['CallbackLinePage'];
  };

  /** Where callbacks of the last 24 hours went: the fifty busiest addresses */
  'GET callbacks/endpoints': {
    readonly query: { readonly merchant_id?: string };
    readonly body: undefined;
    readonly answer: Schemas['CallbackEndpoints'];
  };

  /** How far behind we are with what merchants are owed, and how the last hour went */
  'GET callbacks/figures': {
    readonly query: { readonly merchant_id?: string };
    readonly body: undefined;
    readonly answer: Schemas['CallbackFigures'];
  };

  /** A callback with every try at it */
  'GET callbacks/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['Callback'];
  };

  /** Send a callback again now, as the same message; tells what its merchant answered */
  'POST callbacks/{id}/replay': {
    readonly query: NoQuery;
    readonly body: Schemas['SessionAct'] | undefined;
    readonly answer: Schemas['ReplayOutcome'];
  };

  /** List processing channels */
  'GET channels': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at' | 'name' | '-name';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['ChannelLinePage'];
  };

  /** Make a processing channel */
  'POST channels': {
    readonly query: NoQuery;
    readonly body: Schemas['CreateChannel'];
    readonly answer: Schemas['NewChannel'];
  };

  /** Show a processing channel */
  'GET channels/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['Channel'];
  };

  /** Change settings; what is left out stays */
  'PATCH channels/{id}': {
    readonly query: NoQuery;
    readonly body: Schemas['ChangeChannel'] | undefined;
    readonly answer: Schemas['Channel'];
  };

  /** Say who the merchant is to one scheme; the same scheme again replaces its record */
  'PUT channels/{id}/acquirers': {
    readonly query: NoQuery;
    readonly body: Schemas['Acquirer'];
    readonly answer: Schemas['Channel'];
  };

  /** Change how its pages look; what is left out stays, what is empty is the page’s own way again */
  'PATCH channels/{id}/branding': {
    readonly query: NoQuery;
    readonly body: Schemas['Branding'] | undefined;
    readonly answer: Schemas['Channel'];
  };

  /** Replace the secret that callbacks are signed with; the old one ends at once */
  'POST channels/{id}/replace-webhook-secret': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['WebhookSecret'];
  };

  /** List connector accounts */
  'GET connector-accounts': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at' | 'name' | '-name';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['ConnectorAccountLinePage'];
  };

  /** Store an account at an upstream, once its credential was tried */
  'POST connector-accounts': {
    readonly query: NoQuery;
    readonly body: Schemas['CreateConnectorAccount'];
    readonly answer: Schemas['NewConnectorAccount'];
  };

  /** Show a connector account */
  'GET connector-accounts/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['ConnectorAccount'];
  };

  /** Change it; what is left out stays */
  'PATCH connector-accounts/{id}': {
    readonly query: NoQuery;
    readonly body: Schemas['ChangeConnectorAccount'] | undefined;
    readonly answer: Schemas['ConnectorAccount'];
  };

  /** Use it no more */
  'POST connector-accounts/{id}/disable': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['ConnectorAccount'];
  };

  /** Use it again */
  'POST connector-accounts/{id}/enable': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['ConnectorAccount'];
  };

  /** Say when the upstream ends the newest credential */
  'PUT connector-accounts/{id}/expiry': {
    readonly query: NoQuery;
    readonly body: Schemas['Expiry'] | undefined;
    readonly answer: Schemas['ConnectorAccount'];
  };

  /** Make a new address for webhooks; the old one ends */
  'POST connector-accounts/{id}/replace-webhook-address': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['WebhookAddress'];
  };

  /** End every webhook key but the newest */
  'POST connector-accounts/{id}/retire-webhook-key': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['ConnectorAccount'];
  };

  /** Add a credential, once it was tried; the present one stays valid for the overlap */
  'POST connector-accounts/{id}/rotate': {
    readonly query: NoQuery;
    readonly body: Schemas['RotateConnectorAccount'];
    readonly answer: Schemas['ConnectorAccount'];
  };

  /** Ask the upstream for a token with each credential that is valid now */
  'POST connector-accounts/{id}/test': {
    readonly query: NoQuery;
    readonly body: Schemas['Reason'] | undefined;
    readonly answer: Schemas['CredentialTrials'];
  };

  /** Add a key that webhooks may be signed with, beside the present one */
  'POST connector-accounts/{id}/webhook-keys': {
    readonly query: NoQuery;
    readonly body: Schemas['WebhookKey'];
    readonly answer: Schemas['ConnectorAccount'];
  };

  /** All directory servers: there are as many as schemes */
  'GET directory-servers': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['DirectoryServers'];
  };

  /** What directory servers say of a card */
  'POST directory-servers/look-up': {
    readonly query: NoQuery;
    readonly body: Schemas['LookUp'];
    readonly answer: Schemas['LookedUpCard'];
  };

  /** Show a directory server */
  'GET directory-servers/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['DirectoryServer'];
  };

  /** Load its card ranges now */
  'POST directory-servers/{id}/refresh': {
    readonly query: NoQuery;
    readonly body: Schemas['Refresh'] | undefined;
    readonly answer: Schemas['DirectoryServer'];
  };

  /** Which parts this server has */
  'GET features': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['Features'];
  };

  /** List jobs */
  'GET jobs': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['JobLinePage'];
  };

  /** Do an act with many sessions or callbacks: with `ids`, or with all that `filter` finds now */
  'POST jobs': {
    readonly query: NoQuery;
    readonly body: Schemas['CreateJob'];
    readonly answer: Schemas['Job'];
  };

  /** How many a job would be about; nothing happens */
  'POST jobs/preview': {
    readonly query: NoQuery;
    readonly body: Schemas['PreviewJob'];
    readonly answer: Schemas['JobPreview'];
  };

  /** How far a job is */
  'GET jobs/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['Job'];
  };

  /** End it: what is not begun is not done */
  'POST jobs/{id}/cancel': {
    readonly query: NoQuery;
    readonly body: Schemas['SessionAct'] | undefined;
    readonly answer: Schemas['Job'];
  };

  /** What a job is about, and what came of each */
  'GET jobs/{id}/items': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'number' | '-number';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['JobItemPage'];
  };

  /** List merchants */
  'GET merchants': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'name' | '-name' | 'created_at' | '-created_at';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['MerchantPage'];
  };

  /** Make a merchant */
  'POST merchants': {
    readonly query: NoQuery;
    readonly body: Schemas['CreateMerchant'];
    readonly answer: Schemas['Merchant'];
  };

  /** Show a merchant */
  'GET merchants/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['Merchant'];
  };

  /** Rename a merchant */
  'PATCH merchants/{id}': {
    readonly query: NoQuery;
    readonly body: Schemas['ChangeMerchant'];
    readonly answer: Schemas['Merchant'];
  };

  /** Let a suspended merchant go on */
  'POST merchants/{id}/resume': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['Merchant'];
  };

  /** Stop a merchant’s keys and tokens; sessions under way go on */
  'POST merchants/{id}/suspend': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['Merchant'];
  };

  /** Words for the fields of EMV 3DS messages */
  'GET message-fields': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['MessageFields'];
  };

  /** This document */
  'GET openapi.json': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['OpenApiDocument'];
  };

  /** List operators */
  'GET operators': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at' | 'email' | '-email';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['OperatorPage'];
  };

  /** Invite somebody */
  'POST operators': {
    readonly query: NoQuery;
    readonly body: Schemas['InviteOperator'];
    readonly answer: Schemas['InvitedOperator'];
  };

  /** Show an operator */
  'GET operators/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['Operator'];
  };

  /** Change name, role or merchants; what is left out stays */
  'PATCH operators/{id}': {
    readonly query: NoQuery;
    readonly body: Schemas['ChangeOperator'] | undefined;
    readonly answer: Schemas['Operator'];
  };

  /** Shut somebody out, at once */
  'POST operators/{id}/disable': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['Operator'];
  };

  /** Let somebody in again */
  'POST operators/{id}/enable': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['Operator'];
  };

  /** Sign somebody out everywhere */
  'POST operators/{id}/end-sessions': {
    readonly query: NoQuery;
    readonly body: Schemas['Reason'] | undefined;
    readonly answer: Schemas['EndedSessions'];
  };

  /** Make a new invitation; the one before ends */
  'POST operators/{id}/invitation': {
    readonly query: NoQuery;
    readonly body: Schemas['Reason'] | undefined;
    readonly answer: Schemas['Invitation'];
  };

  /** Take the second factor away; sessions end */
  'POST operators/{id}/reset-second-factor': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['Operator'];
  };

  /** Forget whom an operator is at the identity provider */
  'POST operators/{id}/unlink-identity': {
    readonly query: NoQuery;
    readonly body: Schemas['Edit'] | undefined;
    readonly answer: Schemas['Operator'];
  };

  /** The last hour */
  'GET overview': {
    readonly query: { readonly merchant_id?: string };
    readonly body: undefined;
    readonly answer: Schemas['Overview'];
  };

  /** How the last hour went with each connector that was called */
  'GET overview/connectors': {
    readonly query: { readonly merchant_id?: string };
    readonly body: undefined;
    readonly answer: Schemas['ConnectorHealth'];
  };

  /** List public keys */
  'GET public-keys': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['PublicKeyPage'];
  };

  /** Make a key that pages name a channel by */
  'POST public-keys': {
    readonly query: NoQuery;
    readonly body: Schemas['CreatePublicKey'];
    readonly answer: Schemas['PublicKey'];
  };

  /** End it, for good */
  'POST public-keys/{id}/revoke': {
    readonly query: NoQuery;
    readonly body: Schemas['Reason'] | undefined;
    readonly answer: Schemas['PublicKey'];
  };

  /** What there is to report on */
  'GET reports': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['ReportsAbout'];
  };

  /** How merchants were told of the sessions */
  'GET reports/callbacks': {
    readonly query: {
      readonly from?: string;
      readonly to?: string;
      readonly traffic?: 'live' | 'test' | 'demo';
      readonly basis?: 'raw' | 'deduplicated';
      readonly filter?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['ReportCallbacks'];
  };

  /** Every figure with its definition */
  'GET reports/catalogue': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['ReportCatalogue'];
  };

  /** Whether reports add up to the sessions */
  'GET reports/check': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['ReportCheck'];
  };

  /** Add reports up to the sessions now */
  'POST reports/check': {
    readonly query: NoQuery;
    readonly body: Schemas['AskCheck'] | undefined;
    readonly answer: Schemas['ReportCheck'];
  };

  /** How long each leg of an authentication took */
  'GET reports/durations': {
    readonly query: {
      readonly from?: string;
      readonly to?: string;
      readonly traffic?: 'live' | 'test' | 'demo';
      readonly basis?: 'raw' | 'deduplicated';
      readonly filter?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['ReportDurations'];
  };

  /** All figures for each value of a dimension, at most 100 */
  'GET reports/split': {
    readonly query: {
      readonly from?: string;
      readonly to?: string;
      readonly traffic?: 'live' | 'test' | 'demo';
      readonly basis?: 'raw' | 'deduplicated';
      readonly filter?: string;
      readonly by:
        | 'merchant'
        | 'channel'
        | 'connector'
        | 'scheme'
        | 'bin'
        | 'issuer'
        | 'issuer_country'
        | 'card_type'
        | 'acs'
        | 'acs_operator'
        | 'status'
        | 'trans_status'
        | 'reason'
        | 'eci'
        | 'verdict'
        | 'currency'
        | 'amount_band'
        | 'flow'
        | 'device_channel'
        | 'category'
        | 'authentication_type'
        | 'protocol_version'
        | 'challenge_indicator'
        | 'exemption_requested'
        | 'exemption_applied'
        | 'failed_component'
        | 'device_class'
        | 'browser_family';
    };
    readonly body: undefined;
    readonly answer: Schemas['ReportSplit'];
  };

  /** All figures of a window */
  'GET reports/summary': {
    readonly query: {
      readonly from?: string;
      readonly to?: string;
      readonly traffic?: 'live' | 'test' | 'demo';
      readonly basis?: 'raw' | 'deduplicated';
      readonly filter?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['ReportSummary'];
  };

  /** All figures, by hour, day or week */
  'GET reports/trend': {
    readonly query: {
      readonly from?: string;
      readonly to?: string;
      readonly traffic?: 'live' | 'test' | 'demo';
      readonly basis?: 'raw' | 'deduplicated';
      readonly filter?: string;
      readonly unit?: 'hour' | 'day' | 'week';
      readonly zone?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['ReportTrend'];
  };

  /** List service accounts */
  'GET service-accounts': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at' | 'name' | '-name';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['ServiceAccountPage'];
  };

  /** Make a service account */
  'POST service-accounts': {
    readonly query: NoQuery;
    readonly body: Schemas['CreateServiceAccount'];
    readonly answer: Schemas['NewServiceAccount'];
  };

  /** Show a service account */
  'GET service-accounts/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['ServiceAccount'];
  };

  /** End a service account and its tokens, for good */
  'POST service-accounts/{id}/revoke': {
    readonly query: NoQuery;
    readonly body: Schemas['Reason'] | undefined;
    readonly answer: Schemas['ServiceAccount'];
  };

  /** Find sessions */
  'GET sessions': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['SessionLinePage'];
  };

  /** All that a filter finds, as a file; `fields` chooses the columns */
  'GET sessions/export': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at';
      readonly fields?: string;
      readonly format?: 'csv' | 'ndjson';
    };
    readonly body: undefined;
    readonly answer: string;
  };

  /** A session with its whole story */
  'GET sessions/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['Session'];
  };

  /** End it as its deadline would */
  'POST sessions/{id}/expire': {
    readonly query: NoQuery;
    readonly body: Schemas['SessionAct'] | undefined;
    readonly answer: Schemas['Session'];
  };

  /** Ask the connector what became of it */
  'POST sessions/{id}/re-sync': {
    readonly query: NoQuery;
    readonly body: Schemas['SessionAct'] | undefined;
    readonly answer: Schemas['Session'];
  };

  /** What a reproduction in the simulator would replay; nothing happens */
  'GET sessions/{id}/reproduce': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['ReproductionPlan'];
  };

  /** Replay at the simulator what it met, as another session */
  'POST sessions/{id}/reproduce': {
    readonly query: NoQuery;
    readonly body: Schemas['SessionAct'] | undefined;
    readonly answer: Schemas['Reproduced'];
  };

  /** Send its merchant the last callback again */
  'POST sessions/{id}/resend-callback': {
    readonly query: NoQuery;
    readonly body: Schemas['SessionAct'] | undefined;
    readonly answer: Schemas['Session'];
  };

  /** What a retry would do; nothing happens */
  'GET sessions/{id}/retry': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['RetryPlan'];
  };

  /** Try it again */
  'POST sessions/{id}/retry': {
    readonly query: NoQuery;
    readonly body: Schemas['Retry'] | undefined;
    readonly answer: Schemas['Retried'];
  };

  /** The test cards, and what is wrong with the simulator */
  'GET simulator': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['Simulator'];
  };

  /** Replace the faults of directory servers, results and callbacks; parts left out are without */
  'PUT simulator/faults': {
    readonly query: NoQuery;
    readonly body: Schemas['Faults'] | undefined;
    readonly answer: Schemas['SimulatorState'];
  };

  /** End every fault */
  'POST simulator/reset': {
    readonly query: NoQuery;
    readonly body: Schemas['SimulatorReset'] | undefined;
    readonly answer: Schemas['SimulatorState'];
  };

  /** Make a session with a published test card, as a merchant would */
  'POST simulator/test-sessions': {
    readonly query: NoQuery;
    readonly body: Schemas['TestSession'];
    readonly answer: Schemas['MadeTestSession'];
  };

  /** How this installation runs: processes, scheduled work, queues, database, keys */
  'GET system': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['System'];
  };

  /** List upstream tokens: everything but the token */
  'GET tokens': {
    readonly query: {
      readonly filter?: string;
      readonly sort?: 'created_at' | '-created_at';
      readonly limit?: number;
      readonly after?: string;
      readonly fields?: string;
    };
    readonly body: undefined;
    readonly answer: Schemas['UpstreamTokenPage'];
  };

  /** Show an upstream token */
  'GET tokens/{id}': {
    readonly query: NoQuery;
    readonly body: undefined;
    readonly answer: Schemas['UpstreamToken'];
  };

  /** Forget it: the next who needs it fetches one */
  'POST tokens/{id}/drop': {
    readonly query: NoQuery;
    readonly body: Schemas['TokenAct'] | undefined;
    readonly answer: Schemas['UpstreamToken'];
  };

  /** Fetch a new one now */
  'POST tokens/{id}/refresh': {
    readonly query: NoQuery;
    readonly body: Schemas['TokenAct'] | undefined;
    readonly answer: Schemas['UpstreamToken'];
  };
}
