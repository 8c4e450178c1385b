import type { Queryable, Versioned } from '@app/platform';

/** What else belongs into the transaction of a change, as its last statement: its entry of the audit log. */
export type Alongside<Changed> = (tx: Queryable, changed: Changed) => Promise<void>;

/** The same of a change of what is there, with what it was: as it was found once nobody else could change it. */
export type AlongsideChange<Changed> = (tx: Queryable, changed: Changed, before: Changed) => Promise<void>;

/** Nothing else. */
export const alone = (): Promise<void> => Promise.resolve();

/** How something that is there is changed. */
export interface Terms<Changed> {
  /** The only version that is to be changed; null: whatever is there. */
  readonly from: number | null;
  readonly also: AlongsideChange<Changed>;
}

/** Whatever is there, and nothing else. */
export const plainly: Terms<unknown> = { from: null, also: alone };

/** What changes by version here. */
export const VERSIONED = {
  merchant: { table: 'merchant', kind: 'merchant', resource: 'merchant' },
  channel: { table: 'processing_channel', kind: 'channel', resource: 'channel' },
  connectorAccount: { table: 'connector_account', kind: 'connectorAccount', resource: 'connector_account' },
} as const satisfies Readonly<Record<string, Versioned>>;
