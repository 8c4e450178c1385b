import { checkoutAddresses } from './checkout-addresses';

describe('the addresses of a Checkout.com client', () => {
  it('begin with the first eight characters of its id', () => {
    expect(checkoutAddresses('cli_vkuhvk4vjn2edkps7dfsq6emqm', 'test')).toEqual({
      apiBaseUrl: 'https://vkuhvk4v.api.sandbox.checkout.com',
      tokenUrl: 'https://vkuhvk4v.access.sandbox.checkout.com/connect/token',
    });
    expect(checkoutAddresses('cli_vkuhvk4vjn2edkps7dfsq6emqm', 'live')).toEqual({
      apiBaseUrl: 'https://vkuhvk4v.api.checkout.com',
      tokenUrl: 'https://vkuhvk4v.access.checkout.com/connect/token',
    });
  });

  it.each(['', 'cli_', 'cli_short', 'ack_vkuhvk4vjn2edkps7dfsq6emqm', 'cli_VKUHVK4V', 'cli_evil.com/x1'])(
    'are not made of %p',
    (text) => {
      expect(checkoutAddresses(text, 'test')).toBeNull();
    },
  );
});
