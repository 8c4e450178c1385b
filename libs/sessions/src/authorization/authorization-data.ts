/** One authentication result in the shapes of the payment APIs that it can be taken to. Pure. */
import { encodeId, type Secret } from '@app/kernel';
import type { Session } from '../domain/session';
import { ADYEN } from './gateways/adyen';
import { BRAINTREE } from './gateways/braintree';
import { CHECKOUT_BY_IDENTIFIER, CHECKOUT_EXTERNAL } from './gateways/checkout';
import { emvNames } from './gateways/emv';
import { STRIPE } from './gateways/stripe';
import { WORLDPAY } from './gateways/worldpay';
import { verdictOf } from '../domain/verdict';
import { readableUntil, resultOf, type AuthenticationResult } from './result';
import { filled, inShape, type Json, type Shape } from './shape';

/** The gateways with one shape each: by member of the answer, and the part of the request that the member stands for. */
const GATEWAYS: readonly { name: string; shape: Shape; place: readonly string[] }[] = [
  { name: 'adyen', shape: ADYEN, place: [] },
  { name: 'stripe', shape: STRIPE, place: ['payment_method_options', 'card'] },
  { name: 'braintree', shape: BRAINTREE, place: [] },
  { name: 'worldpay', shape: WORLDPAY, place: [] },
];

/**
 * The answer for a session that was approved or attempted; `value` is its authentication value, null where it has none. A
 * gateway whose shape cannot be filled is left out, and `missing` names the paths that lack.
 */
export function authorizationData(session: Session, value: Secret | null): Json {
  const result = resultOf(session, value);
  const missing: Record<string, readonly string[]> = {};
  const members: Record<string, Json> = {};
  const checkout = checkoutOf(session, result, missing);
  if (checkout) members['checkout'] = checkout;
  for (const { name, shape, place } of GATEWAYS) {
    const shaped = inShape(shape, result);
    if ('missing' in shaped) missing[name] = shaped.missing.map((path) => [...place, path].join('.'));
    else members[name] = place.reduceRight<Json>((inner, outer) => ({ [outer]: inner }), shaped.request);
  }
  return {
    session_id: encodeId('session', session.id),
    scheme: result.scheme,
    liability_shift: verdictOf(session)?.liabilityShift ?? 'unknown',
    readable_until: readableUntil(session).toISOString(),
    emv: filled(emvNames(result)) ?? {},
    ...members,
    ...(Object.keys(missing).length > 0 ? { missing } : {}),
  };
}

/** By identifier only where the session is one of that upstream: elsewhere there is no identifier to miss. */
function checkoutOf(
  { attempt }: Session,
  result: AuthenticationResult,
  missing: Record<string, readonly string[]>,
): Json | undefined {
  const external = inShape(CHECKOUT_EXTERNAL, result);
  const byIdentifier = attempt.connector === 'checkout' ? inShape(CHECKOUT_BY_IDENTIFIER, result) : null;
  const lacks = [external, byIdentifier].flatMap((shaped) => (shaped && 'missing' in shaped ? shaped.missing : []));
  if (lacks.length > 0) missing['checkout'] = lacks;
  return filled({
    external: 'request' in external ? external.request : undefined,
    by_identifier: byIdentifier && 'request' in byIdentifier ? byIdentifier.request : undefined,
  });
}
