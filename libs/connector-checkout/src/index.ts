export { CheckoutConnectorModule } from './checkout-connector.module';
export { CheckoutConnector } from './checkout.connector';
export { TokensAdminModule } from './tokens-admin.module';
export { CALLBACK_PATH, CHALLENGE_PATH, WEBHOOK_ROUTE } from './checkout.settings';
