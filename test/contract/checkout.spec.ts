import { CheckoutHouse } from './checkout.house';
import { describeConnector } from './connector.contract';

describeConnector('checkout', () => CheckoutHouse.open());
