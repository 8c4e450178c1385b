export type { CallbackSecrets, CallbackSubject } from './callback-subject';
export { CallbacksModule } from './callbacks.module';
export { Callbacks, type DeliveryOutcome } from './callbacks.service';
export { resendState, type CallbackDelivery, type CallbackHistory, type ResendState } from './domain/callback-history';
export type { CallbackPayload, NewCallback } from './domain/callback-message';
export { CALLBACK_COLUMNS, type CallbackRow } from './domain/callback-row';
export { DELIVERY_PROBLEMS, type DeliveryProblem } from './domain/delivery-problem';
export { RETRY_DELAYS_SECONDS } from './domain/retry-schedule';
export { CALLBACKS_ENTITIES } from './persistence/entities';
