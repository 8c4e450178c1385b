import type { OperatorRole } from '@app/platform';
import type { Browser } from 'playwright-core';
import { ACQUIRER_RECORD } from '../support/acquirer-record';
import { launchBrowser } from '../support/chromium';
import { demoOperator, inviteAndSignIn, type ConsoleClient } from '../support/console';
import { watchSecret } from '../support/leaks';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { bearer, type Body } from '../support/api';
import { decodeId } from '@app/kernel';
import { rows } from '../support/rows';

jest.setTimeout(120_000);

const HTML = 'Tea <b onmouseover=document.title="run">& more</b>';
const PASSWORD = 'gravel lantern tiger';
/** Twelve digits of a card number. */
const HALF_TYPED = '454347005300';

let product: Product;
let browser: Browser;
let admin: ConsoleClient;
let window: OperatorWindow;
let merchant: Body;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = await demoOperator(product);
  merchant = (await admin.post('merchants', { name: HTML })).body;
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** By whoever manages merchants, where it is not said that it takes more. */
const enter = async (path: string, role: OperatorRole = 'merchant_admin'): Promise<void> => {
  window = await OperatorWindow.ofRole(browser, product, role, path);
};
const button = (name: string) => window.page.getByRole('button', { name, exact: true });
const dialog = () => window.page.getByRole('dialog');
const submit = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const says = (text: string | RegExp) => window.page.getByText(text).first().waitFor();

/** Reads what a dialog tells once, by the button that copies it. */
async function copied(name: string): Promise<string> {
  const text = await window.copiedBy(dialog().getByRole('button', { name: `Copy ${name}` }));
  watchSecret(text.replace(/^.*\//, ''));
  return text;
}

describe('merchants', () => {
  it('are listed, made and renamed, with their names as text', async () => {
    await enter('/merchants', 'admin');
    const { page } = window;
    await page.getByRole('cell', { name: HTML }).waitFor();
    expect(await page.locator('tbody b').count()).toBe(0);
    const problems = await window.judge('merchants');

    await button('New merchant').click();
    await dialog().getByLabel('Name').fill('Shoes');
    problems.push(...(await window.judge('merchant-new')));
    await submit('Create');
    await page.getByRole('heading', { level: 1, name: /Shoes/ }).waitFor();
    await button('Rename').click();
    await dialog().getByLabel('Name').fill('Boots');
    await submit('Rename');
    await page.getByRole('heading', { level: 1, name: /Boots/ }).waitFor();

    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('get a channel and a key, whose secrets are told once and work', async () => {
    await enter(`/merchants/${merchant['id']}`);
    const { page } = window;
    await button('Rename').waitFor();
    await says('None yet. Every session comes through a channel.');
    const problems = await window.judge('merchant-empty');
    await button('New channel').click();
    await dialog().getByLabel('Name').fill('Web');
    await submit('Create');
    await dialog().getByRole('button', { name: 'Copy webhook secret' }).waitFor();
    problems.push(...(await window.judge('channel-secret')));
    expect(await copied('webhook secret')).toMatch(/^whsec_/);
    await submit('I have kept it');
    await button('Issue a key').click();
    await dialog().getByLabel('Channel of requests that name none').selectOption({ label: 'Web' });
    problems.push(...(await window.judge('access-key-new')));
    await submit('Issue');
    const clientId = await dialog()
      .getByText(/^ack_\w{26}$/)
      .innerText();
    const clientSecret = await copied('client secret');
    await submit('I have kept it');
    await page.getByRole('table', { name: 'Access keys' }).getByText('Active').waitFor();

    expect(await bearer(product, { clientId, clientSecret })).toMatch(/^Bearer /);
    problems.push(...(await window.judge('merchant')));
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('are made once, also where an answer was lost and the button is pressed again', async () => {
    await enter('/merchants', 'admin');
    const { page } = window;
    await button('New merchant').click();
    await dialog().getByLabel('Name').fill('Once');
    await page.route(
      '**/admin/api/merchants',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await submit('Create');
    await dialog().getByText('The server cannot be reached').waitFor();
    await submit('Create');
    await page.getByRole('heading', { level: 1, name: /Once/ }).waitFor();

    const { body } = await admin.get(`merchants?filter=${encodeURIComponent('{"name":"Once"}')}`);
    expect(body['data']).toHaveLength(1);
  });

  it('are edited by two at once: the second is told, sees what is different now, and loses nothing', async () => {
    const email = 'ben@example.com';
    await inviteAndSignIn(product, email, PASSWORD, { role: 'admin', all_merchants: true });
    const { id } = (await admin.post('merchants', { name: 'Ours' })).body;
    await enter(`/merchants/${id}`);
    const other = await OperatorWindow.signedIn(browser, product, { email, password: PASSWORD }, `/merchants/${id}`);
    await button('Rename').click();
    await dialog().getByLabel('Name').fill('Mine');
    const ofOther = other.page.getByRole('dialog');
    await other.page.getByRole('button', { name: 'Rename', exact: true }).click();
    await ofOther.getByLabel('Name').fill('Theirs');
    await ofOther.getByRole('button', { name: 'Rename', exact: true }).click();
    await other.page.getByRole('heading', { level: 1, name: /Theirs/ }).waitFor();
    await other.close();

    await submit('Rename');

    await dialog().getByText(`Changed by ${email}`).waitFor();
    const problems = await window.judge('merchant-changed-meanwhile');
    const here = `**/admin/api/merchants/${id}`;
    await window.page.route(here, (route) => route.fulfill({ status: 500, json: {} }));
    await button('Load the present state').click();
    await dialog().getByText('Something went wrong').waitFor();
    problems.push(...(await window.judge('merchant-changed-unloaded')));
    await window.page.unroute(here);
    await button('Load the present state').click();
    await dialog().getByText('name: Ours → Theirs').waitFor();
    expect(await dialog().getByLabel('Name').inputValue()).toBe('Mine');
    expect((await admin.get(`merchants/${id}`)).body['name']).toBe('Theirs');
    problems.push(...(await window.judge('merchant-changed-loaded')));
    await submit('Rename');
    await window.page.getByRole('heading', { level: 1, name: /Mine/ }).waitFor();

    expect(problems).toEqual([]);
    expect(window.flawsBut(401, 409, 500)).toEqual([]);
  });

  it('stay as they were shown where they cannot be loaded any more, which is said until they can', async () => {
    const { id } = (await admin.post('merchants', { name: 'Shown' })).body;
    await enter(`/merchants/${id}`, 'admin');
    const { page } = window;
    const title = (name: RegExp) => page.getByRole('heading', { level: 1, name });
    await title(/Shown/).waitFor();
    await window.settled();
    const reads = /\/admin\/api\/(merchants|channels|access-keys|connector-accounts)\b/;
    const endBy = await window.goesWrong(reads, (route) =>
      route.request().method() === 'GET' ? route.abort('aborted') : route.continue(),
    );
    await button('Rename').click();
    await dialog().getByLabel('Name').fill('Renamed unseen');
    await submit('Rename');

    await says(/Shown as of .+; it could not be loaded since\. The server cannot be reached\./);
    await dialog().waitFor({ state: 'detached' });
    await title(/Shown/).waitFor();
    const problems = await window.judge('merchant-outdated');
    await endBy(page.getByRole('status').getByRole('button', { name: 'Try again' }));

    await title(/Renamed unseen/).waitFor();
    await page.getByText('it could not be loaded since').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('are not resumed by whoever was about to suspend them, where somebody else was faster', async () => {
    const { id } = (await admin.post('merchants', { name: 'Twice late' })).body;
    await enter(`/merchants/${id}`, 'admin');
    await button('Suspend').click();
    await says('You can resume it at any time.');
    await admin.post(`merchants/${id}/suspend`);
    await submit('Suspend');

    await button('Load the present state').click();

    await dialog().waitFor({ state: 'detached' });
    await button('Resume').waitFor();
    expect((await admin.get(`merchants/${id}`)).body['status']).toBe('suspended');
    expect(window.flawsBut(401, 409)).toEqual([]);
  });

  it('are suspended and resumed, with a reason that the audit log keeps', async () => {
    const other = (await admin.post('merchants', { name: 'Late payer' })).body;
    await enter(`/merchants/${other['id']}`, 'admin');
    await button('Suspend').click();
    await says('You can resume it at any time.');
    const problems = await window.judge('merchant-suspend');
    await dialog().getByLabel('Why (for the audit log)').fill('unpaid since May');
    await submit('Suspend');
    await says('The merchant is suspended.');
    await button('Resume').click();
    await submit('Resume');
    await says('The merchant goes on.');
    await window.open('Audit log');
    await says('unpaid since May');

    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });
});

describe('a channel', () => {
  it('is edited by two at once: each field is as whoever typed in it last wants it', async () => {
    const wanted = { merchant_id: merchant['id'], environment: 'test', name: 'Of two' };
    const { id } = (await admin.post('channels', wanted)).body;
    await enter(`/channels/${id}`);
    await button('Edit').click();
    const retention = dialog().getByLabel('Card number kept after the end, in minutes');
    await dialog().getByLabel('Life of an open session, in minutes').fill('12');
    await admin.call('PATCH', `channels/${id}`, { name: 'Of the other', card_retention_minutes: 0 });
    await submit('Save');
    await button('Load the present state').click();
    await says('card retention minutes: 60 → 0');
    expect(await retention.inputValue()).toBe('0');

    await submit('Save');

    await says('The channel is changed.');
    expect((await admin.get(`channels/${id}`)).body).toMatchObject({
      name: 'Of the other',
      session_minutes: 12,
      card_retention_minutes: 0,
    });
    expect(window.flawsBut(401, 409)).toEqual([]);
  });

  it('has its acquirer record set by two at once: what nobody typed in stays the other’s', async () => {
    const wanted = { merchant_id: merchant['id'], environment: 'test', name: 'Acquired' };
    const { id } = (await admin.post('channels', wanted)).body;
    const put = (record: object) => admin.call('PUT', `channels/${id}/acquirers`, record);
    await put(ACQUIRER_RECORD);
    await enter(`/channels/${id}`);
    await button('Set a record').click();
    await dialog().getByLabel('Merchant name', { exact: true }).fill('Mine');
    await put({ ...ACQUIRER_RECORD, mcc: '5812' });
    await submit('Save');
    await button('Load the present state').click();
    await says('What is different now:');

    await submit('Save');

    await says('The acquirer record is set.');
    const { body } = await admin.get(`channels/${id}`);
    expect(body['acquirers']).toMatchObject([{ merchant_name: 'Mine', mcc: '5812' }]);
    expect(window.flawsBut(401, 409)).toEqual([]);
  });

  it('gets another look by two at once: each field is as whoever typed in it last wants it', async () => {
    const wanted = { merchant_id: merchant['id'], environment: 'test', name: 'Looked at' };
    const { id } = (await admin.post('channels', wanted)).body;
    await enter(`/channels/${id}`);
    await button('Edit the look').click();
    await dialog().getByLabel('Colour of buttons').fill('#b3261e');
    await admin.call('PATCH', `channels/${id}/branding`, { display_name: 'Of the other', accent: '#0b6b52' });
    await submit('Save');
    await button('Load the present state').click();
    await says('What is different now:');
    const problems = await window.judge('channel-branding-changed');
    expect(await dialog().getByLabel('Name, as customers know the shop').inputValue()).toBe('Of the other');

    await submit('Save');

    await says('The pages of the channel have their new look.');
    const { body } = await admin.get(`channels/${id}`);
    expect(body['branding']).toMatchObject({ display_name: 'Of the other', accent: '#b3261e' });
    expect(problems).toEqual([]);
    expect(window.flawsBut(409)).toEqual([]);
  });

  it('gets another look, which is shown before it is saved', async () => {
    const { body: channel } = await admin.post('channels', {
      merchant_id: merchant['id'],
      environment: 'test',
      name: 'Branded',
    });
    await enter(`/channels/${channel['id']}`);
    const { page } = window;
    await button('Edit the look').click();
    await dialog().getByLabel('Name, as customers know the shop').fill(HTML);
    await dialog().getByLabel('Colour of buttons').fill('red');
    await submit('Save');
    await says('Accent does not have the right form.');
    await dialog().getByLabel('Colour of buttons').fill('#b3261e');
    await dialog().getByLabel('Pages that may frame ours').fill('https://shop.example');
    const preview = dialog().getByRole('figure', { name: 'Preview of the page' });
    await preview.getByText(HTML).waitFor();
    await preview.getByText('Continue').and(page.locator('[style*="rgb(179, 38, 30)"]')).waitFor();
    const problems = await window.judge('channel-branding');
    await submit('Save');
    await says('The pages of the channel have their new look.');
    await page.getByText('#b3261e').waitFor();
    problems.push(...(await window.judge('channel-branded')));

    expect(problems).toEqual([]);
    expect(window.flawsBut(422)).toEqual([]);
  });

  it('is edited; what the server refuses is said in words', async () => {
    const { body: channel } = await admin.post('channels', {
      merchant_id: merchant['id'],
      environment: 'test',
      name: 'Shop',
    });
    await enter(`/channels/${channel['id']}`);
    const { page } = window;
    await button('Edit').click();
    await dialog().getByLabel('Life of an open session, in minutes').fill('99');
    await submit('Save');
    await says('Session minutes does not have the right form.');
    const problems = await window.judge('channel-edit');
    await dialog().getByLabel('Life of an open session, in minutes').fill('12');
    await submit('Save');
    await says('12 min');
    await button('Set a record').click();
    for (const [label, value] of Object.entries(RECORD)) await dialog().getByLabel(label, { exact: true }).fill(value);
    problems.push(...(await window.judge('acquirer-edit')));
    await submit('Save');
    await page.getByRole('table', { name: 'Acquirer records' }).getByText('400551').waitFor();
    await button('New public key').click();
    await dialog().getByLabel('Pages that may use it').fill('https://tea.example');
    await submit('Create');
    await says('https://tea.example');
    problems.push(...(await window.judge('channel')));
    await button('Revoke').click();
    await submit('Revoke');
    await says('The public key has ended.');
    await dialog().waitFor({ state: 'detached' });
    await button('Replace the webhook secret').click();
    await submit('Replace the webhook secret');
    expect(await copied('webhook secret')).toMatch(/^whsec_/);
    await submit('I have kept it');

    expect(problems).toEqual([]);
    expect(window.flawsBut(422)).toEqual([]);
  });

  const RECORD = {
    'Acquirer BIN': '400551',
    'Acquirer merchant id': 'M-1',
    'Merchant category code': '5499',
    Country: '826',
    'Merchant name': 'Tea',
    'Requestor id': 'R-1',
    'Requestor name': 'Tea',
    'Requestor URL': 'https://tea.example',
  };
});

describe('an access key', () => {
  it('is rotated: the new one is told once, the old one ends later', async () => {
    const wanted = { merchant_id: merchant['id'], environment: 'test', scopes: ['sessions:browser'] };
    const { body: key } = await admin.post('access-keys', wanted);
    await enter('/access-keys');
    const { page } = window;
    await page.getByRole('columnheader', { name: 'Client id' }).waitFor();
    const problems = await window.judge('access-keys');
    await page.locator(`[data-row=${key['id']}] a`).first().click();
    await button('Rotate').click();
    problems.push(...(await window.judge('access-key-rotate')));
    await submit('Rotate');
    const clientId = await dialog()
      .getByText(/^ack_\w{26}$/)
      .innerText();
    const clientSecret = await copied('client secret');
    await submit('I have kept it');
    await page.getByRole('main').getByText(clientId).waitFor();

    expect(await bearer(product, { clientId, clientSecret })).toMatch(/^Bearer /);
    problems.push(...(await window.judge('access-key')));
    await button('Revoke').click();
    await submit('Revoke');
    await says('Ended');
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });
});

describe('a connector account', () => {
  it('is tested and rotated, and no secret of it is ever shown', async () => {
    await enter('/connector-accounts');
    const { page } = window;
    await page.getByRole('columnheader', { name: 'Client id there' }).waitFor();
    const problems = await window.judge('connector-accounts');
    await page.locator('tbody a').first().click();
    await button('Test now').click();
    await submit('Test');
    await says(/A token for \d+ s was issued/);
    problems.push(...(await window.judge('connector-account-test')));
    await submit('Cancel');
    await button('Rotate').click();
    await dialog().getByLabel('Client id there').fill('somebody');
    await dialog().getByLabel('Client secret there').fill('not-a-secret-of-theirs');
    watchSecret('not-a-secret-of-theirs');
    await submit('Rotate');
    await says(/The upstream refuses/);
    problems.push(...(await window.judge('connector-account-refused')));
    const { clientId, clientSecret } = product.demo.merchants[1] as DemoMerchant;
    watchSecret(clientSecret);
    await dialog().getByLabel('Client id there').fill(clientId);
    await dialog().getByLabel('Client secret there').fill(clientSecret);
    await submit('Rotate');
    await says('The new credential is in use.');
    await says('Overlapping');
    problems.push(...(await window.judge('connector-account')));

    expect(problems).toEqual([]);
    expect(window.flawsBut(403)).toEqual([]);
  });

  /** One of a merchant that has no other. */
  async function accountOf(owner: string): Promise<string> {
    const { id: merchantId } = (await admin.post('merchants', { name: owner })).body;
    watchSecret('a-secret-that-nobody-tries');
    const { body } = await admin.post('connector-accounts', {
      merchant_id: merchantId,
      connector: 'checkout',
      environment: 'test',
      name: 'There',
      api_url: product.simulatorUrl,
      token_url: `${product.simulatorUrl}/connect/token`,
      client_id: 'a-client',
      client_secret: 'a-secret-that-nobody-tries',
      test: false,
    });
    watchSecret(String(body['webhook_address']).replace(/^.*\//, ''));
    return String(body['id']);
  }

  it('is edited, also by two at once; what is wrong with a field is said beside it', async () => {
    const id = await accountOf('Edited there');
    const there = `pc_${'a'.repeat(26)}`;
    await enter(`/connector-accounts/${id}`);
    await button('Edit').click();
    await dialog().getByLabel('API address').fill('their server');
    await dialog().getByLabel('Processing channel there (optional)').fill(there);
    await submit('Save');
    await dialog().getByText('This does not have the right form. Such as https://').waitFor();
    expect(await dialog().getByLabel('API address').getAttribute('aria-invalid')).toBe('true');
    const problems = await window.judge('connector-account-edit');
    await dialog().getByLabel('API address').fill(`${product.simulatorUrl}/api`);
    await dialog().getByLabel('Try the credential with other addresses or scopes first').uncheck();
    await admin.call('PATCH', `connector-accounts/${id}`, { name: 'Renamed there' });
    await submit('Save');
    await button('Load the present state').click();
    await dialog().getByText('name: There → Renamed there').waitFor();

    await submit('Save');

    await says('The account is changed.');
    await window.page.getByRole('main').getByText(there).waitFor();
    expect((await admin.get(`connector-accounts/${id}`)).body).toMatchObject({
      name: 'Renamed there',
      api_url: `${product.simulatorUrl}/api`,
      upstream_channel_id: there,
    });
    await dialog().waitFor({ state: 'detached' });
    await button('Edit').click();
    await dialog().getByLabel('Processing channel there (optional)').fill('');
    await submit('Save');
    await dialog().waitFor({ state: 'detached' });
    await window.page.getByRole('main').getByText(there).waitFor({ state: 'detached' });
    expect((await admin.get(`connector-accounts/${id}`)).body['upstream_channel_id']).toBeNull();
    expect(problems).toEqual([]);
    expect(window.flawsBut(409, 422)).toEqual([]);
  });

  it('is noted to end on a day, and not to end any more', async () => {
    const id = await accountOf('Ending there');
    const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const expires = async (): Promise<unknown> => (await admin.get(`connector-accounts/${id}`)).body['expires_at'];
    await enter(`/connector-accounts/${id}`);
    const credentials = window.page.getByRole('region', { name: 'Credentials' });
    await button('Set the expiry').click();
    await dialog().getByLabel('Expires there on (optional)').fill(day);
    const problems = await window.judge('connector-account-expiry');
    await submit('Save');
    await says('The expiry is noted.');
    await credentials.getByText(/^in (19|20) days$/).waitFor();
    expect(await expires()).toBe(`${day}T00:00:00.000Z`);
    await dialog().waitFor({ state: 'detached' });

    await button('Set the expiry').click();
    expect(await dialog().getByLabel('Expires there on (optional)').inputValue()).toBe(day);
    await dialog().getByLabel('Expires there on (optional)').fill('');
    await submit('Save');

    await says('Nothing is announced any more.');
    expect(await expires()).toBeNull();
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('is disabled and enabled; its webhook keys and their address are replaced', async () => {
    const [{ id = '' } = {}] = (await admin.get('connector-accounts')).body['data'] as unknown as Body[];
    await enter(`/connector-accounts/${id}`);
    for (const [act, done] of [
      ['Disable', 'The account is disabled.'],
      ['Enable', 'The account is in use.'],
    ] as const) {
      await button(act).click();
      await submit(act);
      await says(done);
      await dialog().waitFor({ state: 'detached' });
    }
    await button('Retire the older key').and(window.page.locator('[aria-disabled=true]')).waitFor();
    for (const key of ['the-first-of-their-keys', 'the-second-of-their-keys']) {
      await button('Add a key').click();
      await dialog().getByLabel('Key').fill(key);
      watchSecret(key);
      await submit('Add');
      await dialog().waitFor({ state: 'detached' });
    }
    await button('Retire the older key').click();
    await submit('Retire the older key');
    await says('The older key has ended.');
    await dialog().waitFor({ state: 'detached' });
    await button('Replace the address').click();
    await submit('Replace the address');
    expect(await copied('webhook address')).toContain('/upstream/checkout/webhooks/');
    const problems = await window.judge('connector-account-address');
    await submit('I have kept it');
    await window.page.getByRole('table', { name: 'Webhook keys' }).waitFor();
    problems.push(...(await window.judge('connector-account-keys')));

    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('is made on the page of a merchant', async () => {
    await enter(`/merchants/${merchant['id']}`);
    await button('New account').click();
    await dialog().getByLabel('Name').fill('Upstream');
    await dialog().getByLabel('API address').fill(product.simulatorUrl);
    await dialog().getByLabel('Token address').fill(`${product.simulatorUrl}/connect/token`);
    await dialog().getByLabel('Client id there').fill('a-client');
    await dialog().getByLabel('Client secret there').fill('a-secret-at-an-upstream');
    watchSecret('a-secret-at-an-upstream');
    await dialog().getByLabel('Try it at the upstream first').uncheck();
    const problems = await window.judge('connector-account-new');
    await submit('Create');
    expect(await copied('webhook address')).toContain('/upstream/checkout/webhooks/');
    await submit('I have kept it');
    await window.page.getByRole('table', { name: 'Connector accounts' }).getByText('Upstream').first().waitFor();

    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });
});

describe('whoever has some merchants only', () => {
  it('sees these, and may do what the role lets them', async () => {
    const grant = { role: 'merchant_admin', merchant_ids: [merchant['id']] };
    const some = await inviteAndSignIn(product, 'some@example.com', PASSWORD, grant);
    window = await OperatorWindow.of(browser, product, some, '/merchants');
    const { page } = window;
    await page.getByText('1 row', { exact: true }).waitFor();

    expect(await button('New merchant').count()).toBe(0);
    await page.locator('tbody a').first().click();
    await button('Issue a key').waitFor();
    expect(await button('Suspend').count()).toBe(0);
    const others = (await admin.post('merchants', { name: 'Other' })).body;
    await page.goto(`${product.apiUrl}/admin/merchants/${others['id']}`);
    await says('No such merchant');
    expect(await window.judge('merchant-none')).toEqual([]);
    expect(window.flawsBut(404)).toEqual([]);
  });

  it('that looks on can change nothing', async () => {
    await enter(`/merchants/${merchant['id']}`, 'viewer');
    const { page } = window;
    await page.getByRole('heading', { level: 1, name: /Tea/ }).waitFor();
    await window.settled();

    const names = ['Rename', 'Suspend', 'New channel', 'Issue a key', 'New account'];
    expect(await Promise.all(names.map((name) => button(name).count()))).toEqual([0, 0, 0, 0, 0]);
    expect(window.flawsBut()).toEqual([]);
  });
});

describe('a merchant behind the first hundred', () => {
  let channel: Body;

  beforeAll(async () => {
    const many = `INSERT INTO merchant (id, name, status, created_at, updated_at)
      SELECT gen_random_uuid(), 'A shop ' || number, 'active', now(), now() FROM generate_series(1, 101) number`;
    await rows(product, many);
    const { body: last } = await admin.post('merchants', { name: 'Zebra crossing' });
    channel = (await admin.post('channels', { merchant_id: last['id'], environment: 'test', name: 'Stripes' })).body;
  });

  it('has its name in lists, and is looked for by it', async () => {
    await enter('/channels');
    const { page } = window;
    const line = page.locator(`[data-row=${channel['id']}]`);
    await line.getByText('Zebra crossing').waitFor();
    await button('Filter').click();
    await dialog().getByRole('button', { name: 'Merchant', exact: true }).click();
    await says('There are more: write a part of the name.');
    const problems = await window.judge('merchants-search');
    // What may be a card number goes nowhere.
    await page.getByRole('combobox', { name: 'Merchant' }).fill(HALF_TYPED);
    await says('No merchant of this name');
    await page.getByRole('combobox', { name: 'Merchant' }).fill('zeb');
    // Too early: nothing was found by this yet, and what was found before is not taken for it.
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Zebra crossing' }).and(page.locator('.Mui-focused')).waitFor();
    // The first that is found is taken, then the filter.
    await page.keyboard.press('Enter');
    await dialog().getByRole('button', { name: 'Zebra crossing' }).waitFor();
    await page.keyboard.press('Enter');
    await button('Merchant is Zebra crossing').waitFor();
    await page.getByText('1 row', { exact: true }).waitFor();

    expect(await window.rows()).toEqual([expect.stringContaining('Stripes')]);
    const asked = await page.evaluate<string[]>("performance.getEntriesByType('resource').map(({ name }) => name)");
    expect(asked.filter((url) => url.includes('merchants?'))).not.toEqual([]);
    expect(asked.filter((url) => url.includes(HALF_TYPED))).toEqual([]);
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('shows more of what it has than a hundred', async () => {
    const many = `INSERT INTO public_key (id, merchant_id, environment, channel_id, allowed_origins, created_at)
      SELECT gen_random_uuid(), merchant_id, environment, id, ARRAY['https://shop-' || number || '.example'],
        now() - number * interval '1 minute'
      FROM processing_channel CROSS JOIN generate_series(1, 101) number WHERE id = $1`;
    await rows(product, many, [decodeId('channel', String(channel['id']))]);
    await enter(`/channels/${channel['id']}`);
    const keys = window.page.getByRole('table', { name: 'Public keys' });
    await keys.getByText('https://shop-100.example').waitFor();
    await says('The first 100 are shown.');
    await button('Show more').click();
    await keys.getByText('https://shop-101.example').waitFor();
    await button('Show more').waitFor({ state: 'detached' });

    expect(window.flawsBut()).toEqual([]);
  });
});
