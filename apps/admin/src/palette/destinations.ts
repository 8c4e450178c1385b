/** Where an id leads, by its kind. */
export interface Destination {
  readonly label: string;
  /** A path of the console. */
  readonly to: string;
}

const BY_PREFIX: Readonly<Record<string, { readonly name: string; readonly screen: string }>> = {
  sid: { name: 'Session', screen: 'sessions' },
  mer: { name: 'Merchant', screen: 'merchants' },
  msg: { name: 'Callback', screen: 'callbacks' },
  pc: { name: 'Channel', screen: 'channels' },
  ack: { name: 'Access key', screen: 'access-keys' },
  cac: { name: 'Connector account', screen: 'connector-accounts' },
  sva: { name: 'Service account', screen: 'service-accounts' },
  opr: { name: 'User', screen: 'operators' },
};

/** What a whole id that somebody pasted leads to, or null when the text is none of ours or its screen is not offered. */
export function destinationOf(text: string, offeredScreens: readonly string[]): Destination | null {
  const [, prefix = ''] = /^([a-z]{2,4})_\w{26}$/.exec(text.trim()) ?? [];
  const found = BY_PREFIX[prefix];
  if (!found || !offeredScreens.includes(found.screen)) return null;
  return { label: `${found.name} ${text.trim()}`, to: `/${found.screen}/${text.trim()}` };
}
