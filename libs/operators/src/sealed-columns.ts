import type { SealedColumn } from '@app/platform';

/** What a shared secret of an authenticator app is sealed for: whose it is, and whether it counts already. */
export const totpContext = (operatorId: string): string => `operator.totp:${operatorId}`;
export const pendingTotpContext = (operatorId: string): string => `operator.totp_pending:${operatorId}`;

/** What operators have sealed directly under the key encryption key. */
export const OPERATORS_SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'operator', column: 'totp_sealed', key: ['id'], context: ({ id = '' }) => totpContext(id) },
  { table: 'operator', column: 'totp_pending_sealed', key: ['id'], context: ({ id = '' }) => pendingTotpContext(id) },
];
