/** Says whose a sealed token is: one that was moved to another row does not open. */
export const sealContext = (key: string): string => `upstream_token:${key}`;
