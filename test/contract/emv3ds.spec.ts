import { describeConnector } from './connector.contract';
import { Emv3dsHouse } from './emv3ds.house';

describeConnector('emv3ds', () => Emv3dsHouse.open());
