import { OPERATOR_ROLES, type Listing } from '@app/platform';
import { OPERATOR_STATUSES } from './operator';

/** What may be asked of the list of operators. */
export const OPERATOR_LISTING = {
  filters: {
    email: { type: 'text', maxLength: 254, also: ['contains'] },
    role: { type: 'word', words: OPERATOR_ROLES },
    status: { type: 'word', words: OPERATOR_STATUSES },
  },
  sorts: { created_at: 'time', email: 'text' },
  defaultSort: '-created_at',
  members: [
    'email',
    'name',
    'role',
    'all_merchants',
    'merchant_ids',
    'status',
    'has_second_factor',
    'identity',
    'created_at',
    'last_signed_in_at',
    'version',
  ],
} as const satisfies Listing;

export type OperatorFilter = keyof typeof OPERATOR_LISTING.filters;
export type OperatorSort = keyof typeof OPERATOR_LISTING.sorts;

/** What may be asked of the audit log. Entries are listed in the order in which they were written. */
export const AUDIT_LISTING = {
  filters: {
    at: { type: 'time' },
    merchant_id: { type: 'id', kind: 'merchant' },
    actor_kind: { type: 'word', words: ['operator', 'service_account', 'command_line'] },
    actor_id: { type: 'text', maxLength: 40 },
    act: { type: 'text', maxLength: 80 },
    subject: { type: 'text', maxLength: 80 },
  },
  sorts: { seq: 'integer' },
  defaultSort: '-seq',
  members: [
    'seq',
    'at',
    'merchant_id',
    'actor',
    'act',
    'subject',
    'before',
    'after',
    'reason',
    'address',
    'request_id',
  ],
} as const satisfies Listing;

export type AuditFilter = keyof typeof AUDIT_LISTING.filters;
export type AuditSort = keyof typeof AUDIT_LISTING.sorts;

/** What may be asked of the list of service accounts. */
export const SERVICE_ACCOUNT_LISTING = {
  filters: {
    name: { type: 'text', maxLength: 100, also: ['contains'] },
    role: { type: 'word', words: OPERATOR_ROLES },
    is_revoked: { type: 'flag' },
  },
  sorts: { created_at: 'time', name: 'text' },
  defaultSort: '-created_at',
  members: ['name', 'role', 'all_merchants', 'merchant_ids', 'created_at', 'last_used_at', 'revoked_at'],
} as const satisfies Listing;

export type ServiceAccountFilter = keyof typeof SERVICE_ACCOUNT_LISTING.filters;
export type ServiceAccountSort = keyof typeof SERVICE_ACCOUNT_LISTING.sorts;
