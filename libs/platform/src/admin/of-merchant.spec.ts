import { encodeId, newUuidV7 } from '@app/kernel';
import { ofMerchant } from './of-merchant';

const [ours, theirs] = [newUuidV7(new Date()), newUuidV7(new Date())];
const asked = (merchantId: string): Record<string, unknown> => ({ merchant_id: encodeId('merchant', merchantId) });

it.each([
  ['all', {}, 'all'],
  ['all', asked(theirs), [theirs]],
  [[ours], {}, [ours]],
  [[ours, theirs], asked(theirs), [theirs]],
  [[ours], asked(theirs), []],
  [[], asked(ours), []],
] as const)('of %j, %j asks for %j', (scope, parameters, part) => {
  expect(ofMerchant(scope, parameters)).toEqual(part);
});

it.each([
  [{ merchant_id: '' }, 'merchant_id_invalid'],
  [{ merchant_id: 'mer_x' }, 'merchant_id_invalid'],
  [{ merchant_id: [encodeId('merchant', ours)] }, 'merchant_id_invalid'],
  [{ merchant_id: encodeId('session', ours) }, 'merchant_id_invalid'],
  [{ merchant: 'x' }, 'query_invalid'],
])('refuses %j: %s', (parameters, code) => {
  expect(() => ofMerchant('all', parameters)).toThrow(expect.objectContaining({ codes: [code] }) as Error);
});
