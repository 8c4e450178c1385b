/** The merchants that the scripted Checkout.com knows: their access keys, and how their tokens and webhooks are made. */

/** Where an account's webhooks go. `authorization` is sent verbatim; without a `key` webhooks are unsigned. */
export interface WebhookTarget {
  readonly url: string;
  readonly key: string | null;
  readonly authorization: string | null;
}

/** One account. All times are seconds. */
export interface UpstreamAccount {
  readonly clientId: string;
  /** Each of them is accepted: more than one during a rotation. */
  readonly clientSecrets: readonly string[];
  /** What a token may carry. */
  readonly scopes: readonly string[];
  /** What the token endpoint says in `expires_in`. */
  readonly expiresIn: number;
  /** How long a token really works; null: as long as it says. */
  readonly tokenLife: number | null;
  readonly tokenFormat: 'opaque' | 'jwt';
  /** Whether a request without `processing_channel_id` is refused, because no token implies one. */
  readonly requiresProcessingChannel: boolean;
  readonly webhook: WebhookTarget | null;
}

/** What an account is like where its registration says nothing. */
export const ACCOUNT_DEFAULTS = {
  scopes: ['sessions', 'sessions:app', 'sessions:browser', 'gateway'],
  expiresIn: 3600,
  tokenLife: null,
  tokenFormat: 'opaque',
  requiresProcessingChannel: false,
  webhook: null,
} as const satisfies Partial<UpstreamAccount>;

/** The account that is there from the start. */
export const DEMO_ACCOUNT: UpstreamAccount = {
  ...ACCOUNT_DEFAULTS,
  clientId: 'ack_simulatorupstreamdemo22222',
  clientSecrets: ['simulator-upstream-demo-secret'],
};
