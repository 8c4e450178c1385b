import { sessionRequest, type Body } from '../support/api';
import { BROWSER } from '../support/calls';
import { CARDS, PASSWORD, playChallenge, type TestCard } from '../support/cardholder';
import { findLeaksOnDisk, walPosition, type WalPosition } from '../support/database-files';
import { findLeaks, watchedKinds } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { Sdk, SDK_PACKAGES, type SdkSessions } from '../support/sdk';

const LETTERS: Record<string, string> = {
  approved: 'Y',
  attempted: 'A',
  declined: 'N',
  rejected: 'R',
  unavailable: 'U',
};

let product: Product;
let since: WalPosition;

beforeAll(async () => {
  since = await walPosition();
  product = await startProduct();
}, 120_000);

afterAll(() => product.stop());

describe.each(SDK_PACKAGES)('%s gives every sandbox card its outcome:', (packageName) => {
  let sdk: Sdk;
  let sessions: SdkSessions;

  beforeAll(async () => {
    sdk = await Sdk.start(packageName, product);
    sessions = sdk.withCredentials();
  });

  afterAll(() => sdk.stop());

  const authenticate = (number: string): Promise<Body> =>
    sessions.request(sessionRequest(number, { channel_data: BROWSER }));

  const name = ({ number, scheme, flow, status, reason }: TestCard): [string, TestCard] => [
    `${scheme} …${number.slice(-4)}, ${flow}: ${reason ?? status}`,
    { number, scheme, flow, status, ...(reason === undefined ? {} : { reason }) } as TestCard,
  ];
  const of = (flow: TestCard['flow']): [string, TestCard][] => CARDS.filter((card) => card.flow === flow).map(name);
  const outcome = ({ flow, scheme, status, reason }: TestCard): Record<string, unknown> => {
    const usual = flow === 'challenge' ? 'rreq_status' : 'ares_status';
    return {
      scheme,
      status,
      approved: status === 'approved' || status === 'attempted',
      challenged: flow === 'challenge',
      response_code: LETTERS[status],
      next_actions: ['complete'],
      ...(status === 'unavailable' ? { status_reason: reason ?? usual } : {}),
    };
  };
  const proof = (session: Body): string =>
    typeof session['cryptogram'] === 'string' && typeof session['eci'] === 'string' ? 'proof' : 'none';

  it.each(of('frictionless'))('%s', async (_name, card) => {
    const session = await authenticate(card.number);

    expect(session).toMatchObject(outcome(card));
    expect(proof(session)).toBe(session['approved'] ? 'proof' : 'none');
  });

  it.each(of('challenge'))('%s', async (_name, card) => {
    const challenged = await authenticate(card.number);
    expect(challenged).toMatchObject({ status: 'challenged', scheme: card.scheme });

    const { cres } = await playChallenge(challenged, { password: PASSWORD });

    const session = await sessions.get(String(challenged['id']));
    expect(session).toMatchObject(outcome(card));
    expect(proof(session)).toBe(session['approved'] ? 'proof' : 'none');
    expect(cres).toMatchObject({ transStatus: card.status === 'approved' ? 'Y' : 'N' });
  });

  it.each(of('none'))('%s', async (_name, card) => {
    await expect(authenticate(card.number)).rejects.toMatchObject({
      type: 'ActionNotAllowed',
      httpCode: 403,
      body: { error_type: 'operation_not_allowed', error_codes: [card.reason] },
    });
  });
});

it('leaves no card number, secret, token or authentication value in logs, tables, database files or the write-ahead log', async () => {
  expect(watchedKinds().cards).toBeGreaterThan(CARDS.length - 1);
  expect(watchedKinds().others).toBeGreaterThan(CARDS.length);

  expect(await findLeaks(product)).toEqual([]);
  expect(await findLeaksOnDisk(product.database, since)).toEqual([]);
});
