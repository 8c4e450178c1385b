import type { Body } from '../support/api';
import { expectRefusal } from '../support/calls';
import { demoOperator, inviteAndSignIn, serviceAccount, type ConsoleClient } from '../support/console';
import { watchSecret } from '../support/leaks';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(60_000);

const PASSWORD = 'an edit that met another one';

let product: Product;
/** Two people who may do the same. */
let ada: ConsoleClient;
let ben: ConsoleClient;
let merchant: Body;

beforeAll(async () => {
  product = await startProduct();
  ada = await demoOperator(product);
  ben = await inviteAndSignIn(product, 'ben@example.com', PASSWORD, { role: 'admin', all_merchants: true });
  merchant = (await ada.post('merchants', { name: 'Edited' })).body;
}, 120_000);

afterAll(() => product.stop());

const aMerchant = async (): Promise<string> => `merchants/${(await ada.post('merchants', { name: 'New' })).body['id']}`;

async function aChannel(): Promise<string> {
  const body = { merchant_id: merchant['id'], environment: 'test', name: 'Web' };
  const made = await ada.post('channels', body);
  watchSecret(String(made.body['webhook_secret']));
  return `channels/${made.body['id']}`;
}

/** Each of a merchant of its own: a merchant has one that is active. */
async function anAccount(): Promise<string> {
  const owner = (await ada.post('merchants', { name: 'With an account' })).body;
  const made = await ada.post('connector-accounts', {
    merchant_id: owner['id'],
    connector: 'checkout',
    environment: 'test',
    name: 'Upstream',
    api_url: product.apiUrl,
    token_url: product.demo.tokenUrl,
    client_id: 'somebody',
    client_secret: 'a-secret-of-an-upstream',
    webhook_key: 'a-key-of-an-upstream',
    test: false,
  });
  return `connector-accounts/${made.body['id']}`;
}

let people = 0;
async function aColleague(): Promise<string> {
  people += 1;
  const body = { email: `edited-${people}@example.com`, name: 'Colleague', role: 'viewer', all_merchants: true };
  return `operators/${(await ada.post('operators', body)).body['id']}`;
}

const RECORD = {
  scheme: 'visa',
  acquirer_bin: '400551',
  acquirer_merchant_id: 'M-1',
  mcc: '5499',
  country_code: '826',
  merchant_name: 'Tea',
  requestor_id: 'R-1',
  requestor_name: 'Tea',
  requestor_url: 'https://tea.example',
};
const CREDENTIAL = { client_id: 'next', client_secret: 'another-secret-of-it', test: false };

type Edit = readonly [route: string, thing: () => Promise<string>, body: object];

/** Every edit that may name a version: method, what is behind the thing's path, the thing, and the rest of the body. */
const EDITS: readonly Edit[] = [
  ['PATCH', aMerchant, { name: 'Renamed' }],
  ['POST /suspend', aMerchant, {}],
  ['PATCH', aChannel, { session_minutes: 10 }],
  ['PATCH /branding', aChannel, { accent: '#0b6b52' }],
  ['PUT /acquirers', aChannel, RECORD],
  ['POST /replace-webhook-secret', aChannel, {}],
  ['PATCH', anAccount, { name: 'Renamed', test: false }],
  ['POST /rotate', anAccount, CREDENTIAL],
  ['PUT /expiry', anAccount, { expires_at: '2031-01-01T00:00:00Z' }],
  ['POST /disable', anAccount, {}],
  ['POST /webhook-keys', anAccount, { key: 'another-key-of-it' }],
  ['POST /replace-webhook-address', anAccount, {}],
  ['PATCH', aColleague, { role: 'operator' }],
  ['POST /disable', aColleague, {}],
  ['POST /reset-second-factor', aColleague, {}],
];

describe('an edit', () => {
  it.each(EDITS)('%s, %o: of two operators at once one wins and the other is told', async (route, thing, body) => {
    const [method = '', rest = ''] = route.split(' ');
    const path = await thing();
    const { version } = (await ada.get(path)).body;

    const edit = (who: ConsoleClient) => who.call(method, `${path}${rest}`, { ...body, version });
    const answers = await Promise.all([edit(ada), edit(ben)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const told = answers.find(({ status }) => status === 409)?.body;
    const name = answers[0]?.status === 200 ? product.demo.consoleEmail : 'ben@example.com';
    expect(told).toMatchObject({
      error_type: 'conflict',
      error_codes: ['changed_meanwhile'],
      changed: { at: expect.any(String) as string, by: { kind: 'operator', name } },
    });
    expect((await ada.get(path)).body['version']).toBe(Number(version) + 1);
  });

  it.each(EDITS)('%s, %o: without a version changes whatever is there', async (route, thing, body) => {
    const [method = '', rest = ''] = route.split(' ');
    const path = await thing();

    expect((await ada.call(method, `${path}${rest}`, body)).status).toBe(200);

    expect((await ada.get(path)).body['version']).toBe(2);
  });

  it.each([
    ['merchants', 'suspend', 'resume', aMerchant],
    ['connector-accounts', 'disable', 'enable', anAccount],
    ['operators', 'disable', 'enable', aColleague],
  ])('of the state of %s is told, too, where somebody else has done the same', async (_what, act, undo, thing) => {
    const path = await thing();
    const { version } = (await ben.get(path)).body;
    await ada.post(`${path}/${act}`, { version });

    const late = await ben.post(`${path}/${act}`, { version });
    expect(late).toMatchObject({ status: 409, body: { error_codes: ['changed_meanwhile'] } });
    const { body } = await ben.post(`${path}/${undo}`, { version: Number(version) + 1 });

    expect(body['version']).toBe(Number(version) + 2);
  });

  it('of parts of a channel leaves those of somebody else alone, also at once', async () => {
    const path = await aChannel();

    const answers = await Promise.all([
      ada.call('PATCH', path, { session_minutes: 10 }),
      ben.call('PATCH', path, { card_retention_minutes: 0 }),
      ada.call('PATCH', path, { auto_complete: false }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await ada.get(path)).body).toMatchObject({
      session_minutes: 10,
      card_retention_minutes: 0,
      auto_complete: false,
      version: 4,
    });
  });

  it.each([0, -1, 1.5, '1', 2 ** 31, true])('does not take %p for a version', async (version) => {
    const path = await aMerchant();

    const answer = await ada.call('PATCH', path, { name: 'Other', version });

    expectRefusal(answer, 422, 'unprocessable_entity', 'version_invalid');
    expect((await ada.get(path)).body).toMatchObject({ name: 'New', version: 1 });
  });

  it('does not tell who it was where the caller may not know', async () => {
    const { client } = await serviceAccount(product, ada, { role: 'admin', merchant_ids: [merchant['id']] });
    const grant = { role: 'viewer', merchant_ids: [merchant['id']] };
    const { body: colleague } = await client.post('operators', { email: 'hers@example.com', name: 'Hers', ...grant });
    await ada.call('PATCH', `operators/${colleague['id']}`, { name: 'His' });

    const answer = await client.call('PATCH', `operators/${colleague['id']}`, { name: 'Ours', version: 1 });

    // Entries about people are the installation's.
    expectRefusal(answer, 409, 'conflict', 'changed_meanwhile');
    expect(answer.body).not.toHaveProperty('changed');
  });

  it('is told of the change and not of what was done since', async () => {
    const path = await anAccount();
    await ada.call('PATCH', path, { name: 'Renamed', test: false });
    await ben.post(`${path}/test`);

    const answer = await ben.call('PATCH', path, { name: 'Mine', test: false, version: 1 });

    expect(answer.body['changed']).toMatchObject({ act: 'connector_account.changed' });
  });
});
