export { CheckoutConnectorModule } from './checkout-connector.module';
export { CheckoutConnector } from './checkout.connector';
