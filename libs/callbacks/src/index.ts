export type { CallbackSecrets, CallbackSubject } from './callback-subject';
export { CallbacksAdminModule } from './callbacks-admin.module';
export { CallbacksModule } from './callbacks.module';
export { Callbacks } from './callbacks.service';
export { CALLBACK_LISTING, type CallbackField } from './admin/callback-listing';
export { CallbackReplays } from './callback-replays.service';
export type { DeliveryOutcome } from './domain/delivery-outcome';
export type { OwedMessage } from './persistence/callback-search.repository';
/** For tests, which say when the scheduled second is. */
export { CallbackSweeper } from './jobs/callback-sweeper.job';
export { resendState, type CallbackDelivery, type CallbackHistory, type ResendState } from './domain/callback-history';
export type { CallbackPayload, NewCallback } from './domain/callback-message';
export type { CallbackKind } from './domain/callback-kind';
export { CALLBACK_COLUMNS, type CallbackRow } from './domain/callback-row';
export { DELIVERY_PROBLEMS, type DeliveryProblem } from './domain/delivery-problem';
export { RETRY_DELAYS_SECONDS } from './domain/retry-schedule';
export { CALLBACKS_ENTITIES } from './persistence/entities';
