/** The calls of the Sessions API, each with the caller's own authorization, and what a refusal looks like. */
import { BROWSER_DATA, call, sessionRequest, type Answer, type Body } from './api';
import type { Product } from './product';
import { transactionOf } from './simulator';

/** Browser data that says that the 3DS Method was run. */
export const BROWSER = { ...BROWSER_DATA, three_ds_method_completion: 'Y' };

/** Where a session is. */
export const pathOf = (session: Body, action = ''): string => `/sessions/${String(session['id'])}${action}`;

/** The secret that a session was created with. */
export const secretOf = (session: Body): string => String(session['session_secret']);

/** The calls of one caller. `authorization` replaces the caller's own. */
export class Calls {
  constructor(
    private readonly product: Product,
    readonly authorization: string,
  ) {}

  create(request: object, authorization = this.authorization): Promise<Answer> {
    return call(this.product, 'POST', '/sessions', authorization, request);
  }

  /** A new session of a card. */
  async open(number: string, extra: Record<string, unknown> = {}): Promise<Body> {
    return (await this.create(sessionRequest(number, extra))).body;
  }

  get(session: Body, authorization = this.authorization, channel?: string): Promise<Answer> {
    const headers: Record<string, string> = channel === undefined ? {} : { channel };
    return call(this.product, 'GET', pathOf(session), authorization, undefined, headers);
  }

  /** The session as it is by now. */
  async read(session: Body): Promise<Body> {
    return (await this.get(session)).body;
  }

  collect(session: Body, body: object = BROWSER, authorization = this.authorization): Promise<Answer> {
    return call(this.product, 'PUT', pathOf(session, '/collect-data'), authorization, body);
  }

  report(session: Body, completion: unknown, authorization = this.authorization): Promise<Answer> {
    const body = { three_ds_method_completion: completion };
    return call(this.product, 'PUT', pathOf(session, '/issuer-fingerprint'), authorization, body);
  }

  complete(session: Body, authorization = this.authorization): Promise<Answer> {
    return call(this.product, 'POST', pathOf(session, '/complete'), authorization);
  }

  authorizationData(session: Body, authorization = this.authorization): Promise<Answer> {
    return call(this.product, 'GET', pathOf(session, '/authorization-data'), authorization);
  }

  /** The AReq of a session as the issuer saw it. */
  async areq(session: Body): Promise<Body> {
    return (await transactionOf(this.product, String(session['transaction_id'])))['areq'] as unknown as Body;
  }
}

/** An answer is the contract's error and nothing else, with the request's id. */
export function expectRefusal(answer: Answer, status: number, errorType: string, ...codes: string[]): void {
  const { request_id, ...body } = answer.body;
  expect({ status: answer.status, body }).toEqual({ status, body: { error_type: errorType, error_codes: codes } });
  expect(request_id).toBe(answer.headers.get('cko-request-id'));
}

/**
 * The member that answers to a merchant's token have where its sessions are authenticated at an upstream; none where our own
 * 3DS Server does it.
 */
export function upstreamMember({ demo }: Pick<Product, 'demo'>): { upstream?: unknown } {
  const { connector } = demo.merchants.find(({ clientId }) => clientId === demo.clientId) ?? {};
  if (connector !== 'checkout') return {};
  return { upstream: { connector, session_id: expect.stringMatching(/^sid_\w{26}$/) as string } };
}

/** What the 202 for a Visa card of `sessionRequest` tells, beside what is to be done next and where. */
export const acceptedMembers = (product: Pick<Product, 'demo'>): Record<string, unknown> => ({
  id: expect.stringMatching(/^sid_[a-z2-7]{26}$/) as string,
  session_secret: expect.stringMatching(/^sek_.{44}$/) as string,
  transaction_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  scheme: 'visa',
  amount: 6540,
  currency: 'EUR',
  completed: false,
  authentication_type: 'regular',
  authentication_category: 'payment',
  challenge_indicator: 'no_preference',
  status: 'pending',
  protocol_version: '2.2.0',
  reference: 'ORD-1001',
  transaction_type: 'goods_service',
  ds: { ds_id: 'A000000003' },
  card: {
    instrument_id: expect.stringMatching(/^src_[a-z2-7]{26}$/) as string,
    fingerprint: expect.any(String) as string,
    metadata: {},
  },
  authentication_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/) as string,
  ...upstreamMember(product),
});

/** The callback of a session of `sessionRequest` that was approved after its challenge, as the session is read by then. */
export const approvedCallback = (session: Body): Record<string, unknown> => ({
  session_id: session['id'],
  amount: 6540,
  currency: 'EUR',
  status: 'approved',
  approved: true,
  challenged: true,
  authentication_type: 'regular',
  authentication_category: 'payment',
  reference: 'ORD-1001',
  protocol_version: '2.2.0',
  response_code: 'Y',
  cryptogram: session['cryptogram'],
  eci: '05',
  xid: session['xid'],
});
