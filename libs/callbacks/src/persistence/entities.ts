import { CallbackDeliveryEntity } from './callback-delivery.entity';
import { CallbackMessageEntity } from './callback-message.entity';

/** Tables of callbacks, for the one data source. */
export const CALLBACKS_ENTITIES = [CallbackMessageEntity, CallbackDeliveryEntity];
