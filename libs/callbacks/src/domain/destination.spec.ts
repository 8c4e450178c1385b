import { assertDeliverable, Undeliverable } from './destination';

describe('the address of a callback', () => {
  it.each(['http://shop.test/callback', 'https://shop.test:8443/a?b=c', 'HTTPS://shop.test'])('may be %s', (url) => {
    expect(() => assertDeliverable(url)).not.toThrow();
  });

  it.each(['', 'shop.test/callback', '/callback', 'ftp://shop.test/', 'file:///etc/passwd', 'javascript:alert(1)'])(
    'may not be "%s"',
    (url) => {
      expect(() => assertDeliverable(url)).toThrow(Undeliverable);
    },
  );

  it('is not repeated by the refusal', () => {
    expect(() => assertDeliverable('ftp://user:hunter2@shop.test/')).not.toThrow(/hunter2|shop/);
  });
});
