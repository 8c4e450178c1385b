/** Every route of the admin API behind its guard: who may use it, and a call of it that does no harm. */
import { OPERATOR_ROLES, type OperatorRole } from '@app/platform';

/** Things of two merchants: somebody with the first one only must not see those of the second. */
export interface AdminWorld {
  readonly ours: MerchantThings;
  readonly theirs: MerchantThings;
}

/** Wire ids of what one merchant has, or of who has that merchant only. */
export interface MerchantThings {
  readonly merchant: string;
  readonly operator: string;
  readonly serviceAccount: string;
  readonly session: string;
  readonly job: string;
  readonly channel: string;
  readonly accessKey: string;
  readonly publicKey: string;
  readonly connectorAccount: string;
  readonly callback: string;
  readonly token: string;
}

export interface AdminRouteCase {
  /** The least role that may. */
  readonly least: OperatorRole;
  /** Whoever has some merchants only may not. */
  readonly ofAllMerchants?: true;
  /** Below `/admin/api/`, about things of a merchant; the same for every merchant where none is named. */
  readonly path: (things: MerchantThings) => string;
  /** Well formed or not: whoever may not is told so before anybody looks at it. */
  readonly body?: unknown;
  /** What whoever has other merchants is answered: as if it were not there, or a list without it. */
  readonly foreign?: 'not_found' | 'not_listed';
  /** What it answers to those who may depends on whether somebody did it before. */
  readonly isDoneOnce?: true;
}

/** Whether somebody of `role` may use the route, were it for all merchants. */
export const isOfRole = ({ least }: Pick<AdminRouteCase, 'least'>, role: OperatorRole): boolean =>
  OPERATOR_ROLES.indexOf(role) >= OPERATOR_ROLES.indexOf(least);

const ROLE_AND_MERCHANTS = { role: 'nobody' };

/** By method and path as Nest has them, without `/admin/api/`. */
export const ADMIN_ROUTES: Readonly<Record<string, AdminRouteCase>> = {
  'GET auth/me': { least: 'viewer', path: () => 'auth/me' },
  'GET features': { least: 'viewer', path: () => 'features' },
  'GET openapi.json': { least: 'viewer', path: () => 'openapi.json' },
  'GET message-fields': { least: 'viewer', path: () => 'message-fields' },
  'PUT auth/password': { least: 'viewer', path: () => 'auth/password', body: {} },
  'POST auth/second-factor': { least: 'viewer', path: () => 'auth/second-factor', body: {} },
  'POST auth/second-factor/confirm': { least: 'viewer', path: () => 'auth/second-factor/confirm', body: {} },

  'GET operators': { least: 'admin', path: () => 'operators?limit=100', foreign: 'not_listed' },
  'POST operators': { least: 'admin', path: () => 'operators', body: ROLE_AND_MERCHANTS },
  'GET operators/:id': { least: 'admin', path: ({ operator }) => `operators/${operator}`, foreign: 'not_found' },
  'PATCH operators/:id': {
    least: 'admin',
    path: ({ operator }) => `operators/${operator}`,
    body: {},
    foreign: 'not_found',
  },
  'POST operators/:id/invitation': {
    least: 'admin',
    path: ({ operator }) => `operators/${operator}/invitation`,
    body: {},
    foreign: 'not_found',
  },
  'POST operators/:id/disable': {
    least: 'admin',
    path: ({ operator }) => `operators/${operator}/disable`,
    body: {},
    foreign: 'not_found',
  },
  'POST operators/:id/enable': {
    least: 'admin',
    path: ({ operator }) => `operators/${operator}/enable`,
    body: {},
    foreign: 'not_found',
  },
  'POST operators/:id/reset-second-factor': {
    least: 'admin',
    path: ({ operator }) => `operators/${operator}/reset-second-factor`,
    body: {},
    foreign: 'not_found',
  },
  'POST operators/:id/unlink-identity': {
    least: 'admin',
    path: ({ operator }) => `operators/${operator}/unlink-identity`,
    body: {},
    foreign: 'not_found',
  },
  'POST operators/:id/end-sessions': {
    least: 'admin',
    path: ({ operator }) => `operators/${operator}/end-sessions`,
    body: {},
    foreign: 'not_found',
  },

  'GET service-accounts': { least: 'admin', path: () => 'service-accounts?limit=100', foreign: 'not_listed' },
  'POST service-accounts': { least: 'admin', path: () => 'service-accounts', body: ROLE_AND_MERCHANTS },
  'GET service-accounts/:id': {
    least: 'admin',
    path: ({ serviceAccount }) => `service-accounts/${serviceAccount}`,
    foreign: 'not_found',
  },
  'POST service-accounts/:id/revoke': {
    least: 'admin',
    path: ({ serviceAccount }) => `service-accounts/${serviceAccount}/revoke`,
    body: {},
    foreign: 'not_found',
  },

  'GET sessions': { least: 'viewer', path: () => 'sessions?limit=100', foreign: 'not_listed' },
  'GET sessions/export': { least: 'viewer', path: () => 'sessions/export', foreign: 'not_listed' },
  'GET sessions/:id': { least: 'viewer', path: ({ session }) => `sessions/${session}`, foreign: 'not_found' },
  'POST sessions/:id/re-sync': {
    least: 'operator',
    path: ({ session }) => `sessions/${session}/re-sync`,
    body: {},
    foreign: 'not_found',
  },
  'POST sessions/:id/resend-callback': {
    least: 'operator',
    path: ({ session }) => `sessions/${session}/resend-callback`,
    body: {},
    foreign: 'not_found',
    isDoneOnce: true,
  },
  'GET sessions/:id/retry': {
    least: 'viewer',
    path: ({ session }) => `sessions/${session}/retry`,
    foreign: 'not_found',
  },
  'POST sessions/:id/retry': {
    least: 'operator',
    path: ({ session }) => `sessions/${session}/retry`,
    body: {},
    foreign: 'not_found',
    isDoneOnce: true,
  },
  'GET sessions/:id/reproduce': {
    least: 'viewer',
    path: ({ session }) => `sessions/${session}/reproduce`,
    foreign: 'not_found',
  },
  'POST sessions/:id/reproduce': {
    least: 'operator',
    path: ({ session }) => `sessions/${session}/reproduce`,
    body: {},
    foreign: 'not_found',
    isDoneOnce: true,
  },
  'POST sessions/:id/expire': {
    least: 'operator',
    path: ({ session }) => `sessions/${session}/expire`,
    body: {},
    foreign: 'not_found',
  },

  'GET jobs': { least: 'operator', path: () => 'jobs?limit=100', foreign: 'not_listed' },
  'POST jobs': { least: 'operator', path: () => 'jobs', body: {} },
  'POST jobs/preview': { least: 'operator', path: () => 'jobs/preview', body: {} },
  'GET jobs/:id': { least: 'operator', path: ({ job }) => `jobs/${job}`, foreign: 'not_found' },
  'GET jobs/:id/items': { least: 'operator', path: ({ job }) => `jobs/${job}/items`, foreign: 'not_found' },
  'POST jobs/:id/cancel': {
    least: 'operator',
    path: ({ job }) => `jobs/${job}/cancel`,
    body: {},
    foreign: 'not_found',
  },

  'GET merchants': { least: 'viewer', path: () => 'merchants?limit=100', foreign: 'not_listed' },
  'POST merchants': { least: 'admin', ofAllMerchants: true, path: () => 'merchants', body: {} },
  'GET merchants/:id': { least: 'viewer', path: ({ merchant }) => `merchants/${merchant}`, foreign: 'not_found' },
  'PATCH merchants/:id': {
    least: 'merchant_admin',
    path: ({ merchant }) => `merchants/${merchant}`,
    body: {},
    foreign: 'not_found',
  },
  'POST merchants/:id/suspend': {
    least: 'admin',
    path: ({ merchant }) => `merchants/${merchant}/suspend`,
    body: {},
    foreign: 'not_found',
  },
  'POST merchants/:id/resume': {
    least: 'admin',
    path: ({ merchant }) => `merchants/${merchant}/resume`,
    body: {},
    foreign: 'not_found',
  },

  'GET channels': { least: 'viewer', path: () => 'channels?limit=100', foreign: 'not_listed' },
  'POST channels': { least: 'merchant_admin', path: () => 'channels', body: {} },
  'GET channels/:id': { least: 'viewer', path: ({ channel }) => `channels/${channel}`, foreign: 'not_found' },
  'PATCH channels/:id': {
    least: 'merchant_admin',
    path: ({ channel }) => `channels/${channel}`,
    body: { session_minutes: 1 },
    foreign: 'not_found',
  },
  'PATCH channels/:id/branding': {
    least: 'merchant_admin',
    path: ({ channel }) => `channels/${channel}/branding`,
    body: { accent: 'red' },
    foreign: 'not_found',
  },
  'PUT channels/:id/acquirers': {
    least: 'merchant_admin',
    path: ({ channel }) => `channels/${channel}/acquirers`,
    body: {},
    foreign: 'not_found',
  },
  'POST channels/:id/replace-webhook-secret': {
    least: 'merchant_admin',
    path: ({ channel }) => `channels/${channel}/replace-webhook-secret`,
    body: {},
    foreign: 'not_found',
  },

  'GET access-keys': { least: 'viewer', path: () => 'access-keys?limit=100', foreign: 'not_listed' },
  'POST access-keys': { least: 'merchant_admin', path: () => 'access-keys', body: {} },
  'GET access-keys/:id': { least: 'viewer', path: ({ accessKey }) => `access-keys/${accessKey}`, foreign: 'not_found' },
  'POST access-keys/:id/rotate': {
    least: 'merchant_admin',
    path: ({ accessKey }) => `access-keys/${accessKey}/rotate`,
    body: { overlap_hours: -1 },
    foreign: 'not_found',
  },
  'POST access-keys/:id/revoke': {
    least: 'merchant_admin',
    path: ({ accessKey }) => `access-keys/${accessKey}/revoke`,
    body: {},
    foreign: 'not_found',
  },

  'GET public-keys': { least: 'viewer', path: () => 'public-keys?limit=100', foreign: 'not_listed' },
  'POST public-keys': { least: 'merchant_admin', path: () => 'public-keys', body: {} },
  'POST public-keys/:id/revoke': {
    least: 'merchant_admin',
    path: ({ publicKey }) => `public-keys/${publicKey}/revoke`,
    body: {},
    foreign: 'not_found',
  },

  'GET connector-accounts': { least: 'viewer', path: () => 'connector-accounts?limit=100', foreign: 'not_listed' },
  'POST connector-accounts': { least: 'merchant_admin', path: () => 'connector-accounts', body: {} },
  'GET connector-accounts/:id': {
    least: 'viewer',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}`,
    foreign: 'not_found',
  },
  'PATCH connector-accounts/:id': {
    least: 'merchant_admin',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}`,
    body: { name: '' },
    foreign: 'not_found',
  },
  'POST connector-accounts/:id/test': {
    least: 'merchant_admin',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}/test`,
    body: {},
    foreign: 'not_found',
  },
  'POST connector-accounts/:id/rotate': {
    least: 'merchant_admin',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}/rotate`,
    body: {},
    foreign: 'not_found',
  },
  'PUT connector-accounts/:id/expiry': {
    least: 'merchant_admin',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}/expiry`,
    body: { expires_at: 'some day' },
    foreign: 'not_found',
  },
  'POST connector-accounts/:id/disable': {
    least: 'merchant_admin',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}/disable`,
    body: {},
    foreign: 'not_found',
  },
  'POST connector-accounts/:id/enable': {
    least: 'merchant_admin',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}/enable`,
    body: {},
    foreign: 'not_found',
  },
  'POST connector-accounts/:id/webhook-keys': {
    least: 'merchant_admin',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}/webhook-keys`,
    body: {},
    foreign: 'not_found',
  },
  'POST connector-accounts/:id/retire-webhook-key': {
    least: 'merchant_admin',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}/retire-webhook-key`,
    body: {},
    foreign: 'not_found',
  },
  'POST connector-accounts/:id/replace-webhook-address': {
    least: 'merchant_admin',
    path: ({ connectorAccount }) => `connector-accounts/${connectorAccount}/replace-webhook-address`,
    body: {},
    foreign: 'not_found',
  },

  'GET reports': { least: 'viewer', path: () => 'reports' },
  'GET reports/catalogue': { least: 'viewer', path: () => 'reports/catalogue' },
  'GET reports/summary': { least: 'viewer', path: () => 'reports/summary' },
  'GET reports/trend': { least: 'viewer', path: () => 'reports/trend' },
  'GET reports/split': { least: 'viewer', path: () => 'reports/split?by=merchant&traffic=test', foreign: 'not_listed' },
  'GET reports/durations': { least: 'viewer', path: () => 'reports/durations' },
  'GET reports/callbacks': { least: 'viewer', path: () => 'reports/callbacks' },
  'GET reports/check': { least: 'viewer', path: () => 'reports/check' },
  'POST reports/check': { least: 'admin', ofAllMerchants: true, path: () => 'reports/check', body: {} },
  'GET overview': { least: 'viewer', path: () => 'overview' },
  'GET overview/connectors': { least: 'viewer', path: () => 'overview/connectors' },
  'GET callbacks': { least: 'viewer', path: () => 'callbacks?limit=100', foreign: 'not_listed' },
  'GET callbacks/figures': { least: 'viewer', path: () => 'callbacks/figures' },
  'GET callbacks/endpoints': { least: 'viewer', path: () => 'callbacks/endpoints' },
  'POST callbacks/:id/replay': {
    least: 'operator',
    path: ({ callback }) => `callbacks/${callback}/replay`,
    body: {},
    foreign: 'not_found',
    isDoneOnce: true,
  },
  'GET callbacks/:id': { least: 'viewer', path: ({ callback }) => `callbacks/${callback}`, foreign: 'not_found' },

  'GET tokens': { least: 'viewer', path: () => 'tokens?limit=100', foreign: 'not_listed' },
  'GET tokens/:id': { least: 'viewer', path: ({ token }) => `tokens/${token}`, foreign: 'not_found' },
  'POST tokens/:id/refresh': {
    least: 'merchant_admin',
    path: ({ token }) => `tokens/${token}/refresh`,
    body: {},
    foreign: 'not_found',
  },
  'POST tokens/:id/drop': {
    least: 'merchant_admin',
    path: ({ token }) => `tokens/${token}/drop`,
    body: {},
    foreign: 'not_found',
  },

  'GET directory-servers': { least: 'viewer', path: () => 'directory-servers' },
  'GET directory-servers/:id': { least: 'viewer', path: () => 'directory-servers/test-visa' },
  'POST directory-servers/:id/refresh': {
    least: 'operator',
    ofAllMerchants: true,
    path: () => 'directory-servers/test-visa/refresh',
    body: {},
  },
  'POST directory-servers/look-up': { least: 'viewer', path: () => 'directory-servers/look-up', body: {} },

  'GET simulator': { least: 'viewer', path: () => 'simulator' },
  'PUT simulator/faults': { least: 'operator', ofAllMerchants: true, path: () => 'simulator/faults', body: {} },
  'POST simulator/reset': { least: 'operator', ofAllMerchants: true, path: () => 'simulator/reset', body: {} },
  'POST simulator/test-sessions': { least: 'operator', path: () => 'simulator/test-sessions', body: {} },

  'GET system': { least: 'viewer', ofAllMerchants: true, path: () => 'system' },

  'GET audit': { least: 'merchant_admin', path: () => 'audit?limit=100', foreign: 'not_listed' },
  'POST audit/verify': { least: 'admin', ofAllMerchants: true, path: () => 'audit/verify', body: {} },

  // Last: it ends the session that the others were called with.
  'POST auth/sign-out': { least: 'viewer', path: () => 'auth/sign-out', body: {} },
};
