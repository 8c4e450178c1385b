/** The connectors of this house. */
export const CONNECTORS: readonly string[] = ['emv3ds', 'checkout'];

/** DI token of the names that a route may use, for whoever brings connectors of their own. */
export const CONNECTOR_NAMES = Symbol('CONNECTOR_NAMES');
