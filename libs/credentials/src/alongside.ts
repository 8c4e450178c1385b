import type { Queryable } from '@app/platform';

/** What else belongs into the transaction of a change, as its last statement: its entry of the audit log. */
export type Alongside<Changed> = (tx: Queryable, changed: Changed) => Promise<void>;

/** Nothing else. */
export const alone = (): Promise<void> => Promise.resolve();
