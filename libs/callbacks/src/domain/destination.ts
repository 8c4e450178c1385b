/** The address of a callback is not one that we call. Does not repeat the address: it may hold credentials. */
export class Undeliverable extends Error {
  constructor() {
    super('The callback address is not an http or https URL');
    this.name = 'Undeliverable';
  }
}

/**
 * The one gate before a callback leaves: everything that decides whether an address may be called belongs here.
 * @throws Undeliverable unless `url` is an absolute http or https URL.
 */
export function assertDeliverable(url: string): void {
  const protocol = URL.parse(url)?.protocol;
  if (protocol !== 'http:' && protocol !== 'https:') throw new Undeliverable();
}
