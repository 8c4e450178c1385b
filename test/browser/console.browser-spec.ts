import type { OperatorRole } from '@app/platform';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { generateSync } from 'otplib';
import { bearer, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { launchBrowser } from '../support/chromium';
import { ConsoleClient, demoOperator, inviteAndSignIn } from '../support/console';
import { watchSecret } from '../support/leaks';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';
import { knowBin } from '../support/rows';
import { CHALLENGED, FRICTIONLESS } from './journeys';

jest.setTimeout(120_000);

const DECLINED = '4539628347117863';
/** Whose that card is. */
const BANK = 'Banque de l’Étang';
/** Text that would be an element, and would run, if anything took it for HTML. */
const HTML = '<img src=x onerror=document.title="run">';
const PASSWORD = 'gravel lantern tiger';
/** What a page has asked for since it was loaded. */
const ASKED = "performance.getEntriesByType('resource').map(({ name }) => name)";

let product: Product;
let browser: Browser;
let window: OperatorWindow;
let declined: Body;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const sessions = new Calls(product, await bearer(product));
  const extra = { channel_data: BROWSER };
  // One after the other, so that the newest is known.
  for (let number = 1; number <= 27; number++)
    await sessions.open(FRICTIONLESS, { ...extra, reference: `ORDER-${number}` });
  await sessions.open(CHALLENGED, { ...extra, reference: 'ORDER-OPEN' });
  declined = await sessions.open(DECLINED, { ...extra, reference: HTML, amount: 123_456 });
  await knowBin(product, DECLINED, { issuer: BANK, issuer_country: 'FR', card_type: 'credit' });
  await knowBin(product, FRICTIONLESS, { issuer: 'First Harbour Bank', issuer_country: 'GB', card_type: 'debit' });
  await knowBin(product, CHALLENGED, { issuer: null, issuer_country: null, card_type: null });
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const visit = async (path = '/'): Promise<void> => {
  window = await OperatorWindow.visit(browser, product, path);
};
/** By the demo's administrator, where no role is named. */
const enter = async (path: string, role?: OperatorRole): Promise<void> => {
  window = role
    ? await OperatorWindow.ofRole(browser, product, role, path)
    : await OperatorWindow.ofDemo(browser, product, path);
};
const button = (name: string) => window.page.getByRole('button', { name, exact: true });
const says = (text: string | RegExp) => window.page.getByText(text).first().waitFor();
const newcomer = (email: string, grant: object = { role: 'viewer', all_merchants: true }) =>
  inviteAndSignIn(product, email, PASSWORD, grant);

/** Signs in beside the page, as in another tab. */
const signInElsewhere = async (email: string): Promise<void> => {
  const { request } = window.page.context();
  const answer = await request.post(`${product.apiUrl}/admin/api/auth/sign-in`, {
    data: { email, password: PASSWORD },
  });
  if (answer.status() !== 204) throw new Error(`${email} cannot sign in: ${answer.status()}`);
};

describe('signing in', () => {
  it('takes the right password, and leads to where one wanted to go', async () => {
    await visit('/audit');
    await window.page.getByLabel('E-mail address').waitFor();
    const problems = await window.judge('sign-in');
    // Nobody is there to be signed out.
    expect(await window.page.evaluate(ASKED)).not.toContainEqual(expect.stringMatching(/sign-out$/));

    await window.signIn(product.demo.consoleEmail, product.demo.consolePassword);
    await window.page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();

    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it.each([
    ['a list', '/sessions?limit=25', () => button('Load the newest').click()],
    // No list asks for what is shown there.
    ['figures', '/overview', () => window.page.getByRole('link', { name: 'Overview', exact: true }).click()],
    ['the whole page', '/account', () => window.page.reload()],
  ])('is asked for when the session had ended as %s was asked for, and leads back there', async (_what, path, ask) => {
    const email = `ended${path.slice(1, 4)}@example.com`;
    const client = await newcomer(email);
    window = await OperatorWindow.of(browser, product, client, path === '/overview' ? '/account' : path);
    const { page } = window;
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    // A page that is not seen asks nothing by itself: it would be sent away before anybody asked.
    await page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })");
    await window.settled();
    await client.post('auth/sign-out');
    await ask();
    await says('Your session has ended. Sign in to go on.');
    const problems = path === '/account' ? await window.judge('sign-in-ended') : [];
    await window.signIn(email, PASSWORD);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await page.waitForURL((url) => url.href.includes(`/admin${path}`));

    // Who leaves is not told that anything has ended.
    await page.getByRole('button', { name: new RegExp(email) }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').waitFor();
    expect(await page.getByText('Your session has ended').count()).toBe(0);
    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('is passed by whoever is signed in already, on to where they wanted to go', async () => {
    const email = 'passing@example.com';
    await newcomer(email);
    await visit('/account?of=me');
    const { page } = window;
    await page.getByLabel('E-mail address').waitFor();
    await signInElsewhere(email);

    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
    expect(page.url()).toBe(`${product.apiUrl}/admin/account?of=me`);
    await page.goto(`${product.apiUrl}/admin/login`);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('keeps the form that is open when the session ends, and goes on with it after another sign-in', async () => {
    const email = 'writing@example.com';
    const client = await newcomer(email, { role: 'admin', all_merchants: true });
    window = await OperatorWindow.of(browser, product, client, '/merchants');
    const { page } = window;
    await button('New merchant').click();
    await page.getByLabel('Name', { exact: true }).fill('Kept while signed out');
    await client.post('auth/sign-out');
    await window.comesBackTo('Your session has ended');
    const problems = await window.judge('session-ended-in-form');
    await button('Go on').click();
    await says('You are signed out.');

    await signInElsewhere(email);
    await button('Go on').click();
    await page.getByText('Your session has ended').waitFor({ state: 'detached' });
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Kept while signed out' }).waitFor();

    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('keeps the form, but for its secrets, of whoever was away for too long', async () => {
    const email = 'away@example.com';
    const client = await newcomer(email, { role: 'admin', all_merchants: true });
    const { body } = await client.get('merchants?limit=1');
    const [merchant] = body['data'] as unknown as Body[];
    window = await OperatorWindow.of(browser, product, client, `/merchants/${String(merchant?.['id'])}`);
    const { page } = window;
    await page.clock.install();
    await page.reload();
    await button('New account').click();
    await page.getByLabel('Name', { exact: true }).fill('Kept while away');
    await page.getByLabel('Client secret there').fill('typed-and-not-kept');

    await page.clock.fastForward('31:00');
    await says('Nobody was here for half an hour.');
    const problems = await window.judge('session-ended-while-away');
    expect(await page.getByLabel('Client secret there').inputValue()).toBe('');
    expect((await client.get('auth/me')).status).toBe(401);
    await signInElsewhere(email);
    await button('Go on').click();
    await page.getByText('Your session has ended').waitFor({ state: 'detached' });

    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Kept while away');

    // What is told once is not kept for whoever comes by.
    await button('Cancel').click();
    await button('Issue a key').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Issue', exact: true }).click();
    await button('I have kept it').waitFor();
    await page.clock.fastForward('31:00');
    await says('You were signed out because nothing happened for half an hour.');
    await page.getByLabel('E-mail address').waitFor();
    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('ends again for whoever came back for less than a second', async () => {
    const email = 'moment@example.com';
    const client = await newcomer(email, { role: 'admin', all_merchants: true });
    window = await OperatorWindow.of(browser, product, client, '/merchants');
    const { page } = window;
    await page.clock.install();
    await page.reload();
    await button('New merchant').click();
    await page.getByLabel('Name', { exact: true }).fill('Kept twice');
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.clock.fastForward('31:00');
    await says('Nobody was here for half an hour.');

    // Time stands still: the watch does not look while somebody is here.
    await signInElsewhere(email);
    await button('Go on').click();
    await page.getByText('Your session has ended').waitFor({ state: 'detached' });
    await page.clock.fastForward('31:00');

    await says('Nobody was here for half an hour.');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Kept twice');
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('signs nobody out who works at another page, and everybody out when nobody does', async () => {
    const email = 'two-pages@example.com';
    const client = await newcomer(email, { role: 'admin', all_merchants: true });
    window = await OperatorWindow.of(browser, product, client, '/merchants');
    const { page } = window;
    await page.clock.install();
    await page.reload();
    const other = await page.context().newPage();
    await other.goto(page.url());
    const pages = [page, other];
    for (const one of pages) await one.getByRole('button', { name: 'New merchant' }).waitFor();
    await button('New merchant').click();
    await page.getByLabel('Name', { exact: true }).fill('Kept at two pages');
    // From here on time is the test's: both pages have the same one, and it stands still but for what follows.
    await page.clock.pauseAt(Date.now() + 60_000);

    await page.clock.fastForward('28:30');
    for (const one of pages) await one.getByText('Are you still there?').waitFor();
    await other.keyboard.press('Shift');
    await page.waitForFunction('Date.now() === Number(localStorage.getItem("countersign.active"))', undefined, {
      polling: 50,
    });
    await page.clock.runFor(1_000);
    for (const one of pages) await one.getByText('Are you still there?').waitFor({ state: 'detached' });
    // As from a page that slept and has not heard of it.
    await other.evaluate("new BroadcastChannel('countersign.session').postMessage('idle')");
    await page.evaluate("new BroadcastChannel('countersign.session').postMessage('idle')");
    // Half an hour after what was done at this page.
    await page.clock.fastForward('05:00');
    expect(await page.getByText('Your session has ended').count()).toBe(0);
    expect((await client.get('auth/me')).status).toBe(200);

    await page.clock.fastForward('25:00');
    await page.clock.resume();
    await says('Nobody was here for half an hour.');
    await other.getByText('You were signed out because nothing happened for half an hour.').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Kept at two pages');
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('is asked for at every page as soon as somebody signs out at one, and a form stays', async () => {
    const email = 'three-pages@example.com';
    const client = await newcomer(email, { role: 'admin', all_merchants: true });
    window = await OperatorWindow.of(browser, product, client, '/merchants');
    const { page } = window;
    const [list, form] = [await page.context().newPage(), await page.context().newPage()];
    for (const one of [list, form]) {
      await one.goto(page.url());
      await one.getByRole('button', { name: 'New merchant' }).waitFor();
      // They ask nothing by themselves.
      await one.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })");
    }
    await form.getByRole('button', { name: 'New merchant' }).click();
    await form.getByLabel('Name', { exact: true }).fill('Kept beside');

    await page.getByRole('button', { name: new RegExp(email) }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();

    await page.getByLabel('E-mail address').waitFor();
    await list.getByText('Your session has ended. Sign in to go on.').waitFor();
    await form.getByText('Your session has ended').waitFor();
    expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('Kept beside');
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('is come to from a form whose session has ended by whoever gives up what they typed', async () => {
    const client = await newcomer('leaving@example.com', { role: 'admin', all_merchants: true });
    window = await OperatorWindow.of(browser, product, client, '/merchants');
    const { page } = window;
    await button('New merchant').click();
    await page.getByLabel('Name', { exact: true }).fill('Given up');
    await client.post('auth/sign-out');
    // The act itself is told first.
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await button('Leave the form').click();
    await says('Your session has ended. Sign in to go on.');
    await page.getByLabel('E-mail address').waitFor();

    expect(window.flawsBut(401)).toEqual([]);
  });

  it('says that e-mail address or password is wrong, and after five of them for how long to wait', async () => {
    await newcomer('forgetful@example.com');
    await visit();
    for (let failure = 1; failure <= 5; failure++) {
      const answered = window.page.waitForResponse(
        (response) => response.url().endsWith('/auth/sign-in') && response.request().method() === 'POST',
      );
      await window.signIn('forgetful@example.com', 'not this one either');
      expect((await answered).status()).toBe(401);
      await says('E-mail address or password is wrong.');
    }

    await window.signIn('forgetful@example.com', PASSWORD);
    await says(/There were too many wrong tries\. Try again in /);

    expect(await window.judge('sign-in-locked')).toEqual([]);
    expect(window.flawsBut(401, 429)).toEqual([]);
  });

  it('asks for the code of an app once there is one, and takes a recovery code in its place', async () => {
    await newcomer('careful@example.com');
    window = await OperatorWindow.signedIn(
      browser,
      product,
      { email: 'careful@example.com', password: PASSWORD },
      '/account',
    );
    const { page } = window;
    await button('Set up a second factor').click();
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD);
    await button('Continue').click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    const problems = await window.judge('second-factor');
    const secret = await window.copiedBy(button('Copy key'));
    watchSecret(secret);
    const codeAt = (seconds: number): string =>
      generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + seconds });
    await page.getByLabel('Code from your app').fill(codeAt(0));
    await button('Continue').click();
    await says(/Keep these codes/);
    const [recovery = ''] = await page.locator('main ol li').allInnerTexts();
    for (const code of await page.locator('main ol li').allInnerTexts()) watchSecret(code);
    problems.push(...(await window.judge('recovery-codes')));
    await button('I have kept them').click();
    await says(/Your authenticator app is asked at every sign-in/);
    problems.push(...(await window.judge('account')));
    await page.getByRole('button', { name: /careful/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();

    await window.signIn('careful@example.com', PASSWORD);
    await page.getByLabel('Code from your app').fill('000000');
    await button('Continue').click();
    await says(/The code is wrong/);
    problems.push(...(await window.judge('sign-in-code')));
    await page.getByLabel('Code from your app').fill(codeAt(30));
    await button('Continue').click();
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await page.getByRole('button', { name: /careful/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await window.signIn('careful@example.com', PASSWORD);
    await button('I do not have my app with me').click();
    await page.getByLabel('Recovery code').fill(recovery);
    await button('Continue').click();
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();

    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });
});

describe('the list of sessions', () => {
  it('shows text of merchants as text, and what is where one looks for it', async () => {
    await enter('/sessions');
    const { page } = window;
    await page.getByRole('cell', { name: HTML }).waitFor();

    expect(await page.locator('tbody img').count()).toBe(0);
    expect(await page.title()).toBe('Sessions · Countersign');
    expect((await window.rows())[0]).toContain('1,234.56');
    expect(await window.judge('sessions')).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('is narrowed by filters that stand in its address, and keeps a view of them', async () => {
    await enter('/sessions', 'viewer');
    const { page } = window;
    await button('Filter').click();
    const dialog = page.getByRole('dialog');
    const field = dialog.getByRole('textbox', { name: 'Filter by' });
    await field.fill('stat');
    const problems = await window.judge('sessions-filter');
    await field.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Declined').check();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('1 row', { exact: true }).waitFor();

    expect(await window.rows()).toEqual([expect.stringContaining('Declined')]);
    await button('Save view').click();
    await page.getByLabel('Name of the view').fill(HTML);
    await button('Save').click();
    const shared = page.url();
    await button('All').click();
    await page
      .getByText('25 rows', { exact: true })
      .or(page.getByText('29 rows', { exact: true }))
      .waitFor();
    await page.getByRole('button', { name: HTML, exact: true }).click();
    await page.getByText('1 row', { exact: true }).waitFor();
    expect(page.url()).toBe(shared);
    await page.goto(shared);
    await page.getByText('1 row', { exact: true }).waitFor();
    await button(`Delete the view ${HTML}`).click();
    await page.getByRole('button', { name: HTML, exact: true }).waitFor({ state: 'detached' });
    await button('Save view').waitFor();
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('is narrowed by what the verdict advises', async () => {
    await enter('/sessions', 'viewer');
    const { page } = window;
    await button('Filter').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Filter by' }).fill('verdict');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Do not authorize').check();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('1 row', { exact: true }).waitFor();

    expect(await window.rows()).toEqual([expect.stringContaining('Declined')]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('is narrowed by whose the card is: a part of a name, the name of a link, a country that is looked for', async () => {
    await enter('/sessions', 'viewer');
    const { page } = window;
    const filter = (): unknown => JSON.parse(new URL(page.url()).searchParams.get('filter') ?? '{}');
    const dialog = page.getByRole('dialog');
    const choose = async (name: string): Promise<void> => {
      await button('Filter').click();
      await dialog.getByRole('button', { name, exact: true }).click();
    };
    await choose('Issuer');
    await dialog.getByRole('textbox', { name: 'Issuer' }).fill('étang');
    await page.keyboard.press('Enter');
    await button('Issuer contains étang').waitFor();
    await page.getByText('1 row', { exact: true }).waitFor();
    expect(filter()).toEqual({ issuer: { contains: 'étang' } });

    await page
      .getByRole('row', { name: /Declined/ })
      .getByRole('link')
      .first()
      .click();
    await page.getByRole('link', { name: BANK }).click();
    await button(`Issuer is ${BANK}`).click();
    await dialog
      .getByRole('textbox', { name: 'Issuer' })
      .and(page.locator(`[value="${BANK}"]`))
      .waitFor();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(filter()).toEqual({ issuer: [BANK] });

    await choose('Issuer country');
    await dialog.getByRole('textbox', { name: 'Issuer country' }).fill('fr');
    await dialog.getByRole('listitem').first().getByText('FR · France').waitFor();
    const problems = await window.judge('sessions-filter-country');
    await dialog.getByRole('textbox', { name: 'Issuer country' }).press('Enter');
    await button('Issuer country is FR · France').waitFor();
    await page.getByText('1 row', { exact: true }).waitFor();
    await choose('Kind of card');
    await dialog.getByLabel('Debit', { exact: true }).check();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await says('Nothing matches');
    await button('Remove the filter Kind of card').click();
    await page.getByText('1 row', { exact: true }).waitFor();

    expect(filter()).toEqual({ issuer: [BANK], issuer_country: ['FR'] });
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('leaves the keyboard where it is when there is no page after this one', async () => {
    await enter('/sessions?limit=25', 'viewer');
    const { page } = window;
    const next = button('Next page');
    await next.focus();
    await page.keyboard.press('Enter');
    await page.locator('[aria-label="Next page"][aria-disabled=true]').waitFor();
    await window.settled();
    const shown = await window.rows();
    await page.keyboard.press('Enter');

    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Next page');
    expect(await window.rows()).toEqual(shown);
    expect(window.flawsBut()).toEqual([]);
  });

  it('is taken along as a file, as far as it is filtered', async () => {
    const filter = encodeURIComponent(JSON.stringify({ status: ['declined'] }));
    await enter(`/sessions?filter=${filter}`, 'viewer');
    const { page } = window;
    const linesOf = async (name: string): Promise<string[]> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name, exact: true }).click(),
      ]);
      return readFileSync(await download.path(), 'utf8')
        .trim()
        .split('\n');
    };
    const [head, ...lines] = await linesOf('Export CSV');
    const objects = await linesOf('Export NDJSON');

    expect(head).toMatch(/^id,/);
    expect(lines).toEqual([expect.stringContaining(String(declined['id']))]);
    expect(objects.map((line) => (JSON.parse(line) as Body)['id'])).toEqual([declined['id']]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('is gone to by its id, or by what a session is known by, from anywhere', async () => {
    await enter('/audit', 'merchant_admin');
    const { page } = window;
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').getByRole('combobox').fill('ORDER-OPEN');
    await page.getByRole('option', { name: /65\.40/ }).waitFor();
    const problems = await window.judge('palette');
    await page.getByRole('dialog').getByRole('combobox').fill(String(declined['id']));
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Verdict' }).waitFor();

    expect(page.url()).toContain(String(declined['id']));
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('is gone to by its transaction id; by one that nobody has, it is said what is known', async () => {
    await enter('/audit', 'merchant_admin');
    const { page } = window;
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    const field = page.getByRole('combobox');
    await field.fill(randomUUID());
    await page.getByText(/^No session of the last 30 days at our 3DS Server has this threeDSServerTransID/).waitFor();
    const problems = await window.judge('palette-no-transaction');
    await field.fill(` ${String(declined['transaction_id']).toUpperCase()} `);
    await page.getByRole('option', { name: /1,234\.56/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Verdict' }).waitFor();

    expect(page.url()).toContain(String(declined['id']));
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('is not all that is gone to from anywhere: jobs by id, merchants and users by name', async () => {
    await enter('/audit', 'admin');
    const { page } = window;
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    const field = page.getByRole('combobox');
    await field.fill(' JOB_01KB5V3C7M9Q2X4W8Y6T0N1R5E');
    await page.getByRole('option', { name: 'Job job_01kb5v3c7m9q2x4w8y6t0n1r5e' }).waitFor();
    await field.fill(product.demo.consoleEmail.toUpperCase());
    await page.getByRole('option', { name: `User ${product.demo.consoleEmail}` }).waitFor();
    await field.fill('demo');
    await page
      .getByRole('option', { name: /^Merchant / })
      .first()
      .waitFor();
    const problems = await window.judge('palette-names');
    await page
      .getByRole('option', { name: /^Merchant / })
      .first()
      .click();
    await page.waitForURL(/merchants\/mer_/);

    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('never puts a card number into an address, and finds the card by BIN and last four', async () => {
    await enter('/sessions', 'viewer');
    const { page } = window;
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await says('ORDER-OPEN');
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox').pressSequentially(DECLINED);
    await page.getByRole('option', { name: /That looks like a card number/ }).waitFor();
    await page.getByRole('option', { name: /1,234\.56/ }).waitFor();
    const problems = await window.judge('palette-card');
    await page.keyboard.press('Escape');
    await button('Filter').click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Filter by' }).fill('reference');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Reference' }).fill(DECLINED.replace(/(.{4})(?=.)/g, '$1 '));
    await says('That looks like a card number: search by BIN and last four.');
    problems.push(...(await window.judge('sessions-filter-card')));
    await button('Search by BIN and last four').click();
    await page.getByText('1 row', { exact: true }).waitFor();

    expect(await window.rows()).toEqual([expect.stringContaining('1,234.56')]);
    expect([...addresses, page.url()].filter((address) => address.includes(DECLINED.slice(0, 12)))).toEqual([]);
    expect(addresses.some((address) => address.includes('last_four'))).toBe(true);
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it.each([
    ['{"reference":null,"created_at":{"gte":"nope"}}', 'Created at'],
    ['{"status":"nope"}', 'Status'],
  ])('gets out of an address that somebody wrote by hand: %s', async (filter, field) => {
    await enter(`/sessions?filter=${encodeURIComponent(filter)}`, 'viewer');
    await says(`${field} does not have the right form.`);
    const problems = await window.judge('sessions-refused');
    await button('Clear the filter').click();
    await says('ORDER-OPEN');

    expect(problems).toEqual([]);
    expect(window.flawsBut(422)).toEqual([]);
  });

  it.each([
    ['after=zzz', 'Go to the beginning'],
    ['sort=zzz', 'Order as usual'],
  ])('gets out of an address that leads to no page: %s', async (search, way) => {
    await enter(`/sessions?${search}`, 'viewer');
    await button(way).click();
    await says('ORDER-OPEN');

    expect(window.page.url()).toMatch(/\/sessions$/);
    expect(window.flawsBut(422)).toEqual([]);
  });

  it('says that a filter was cut on its way', async () => {
    await enter(`/sessions?filter=${encodeURIComponent('{"status":["dec')}`, 'viewer');
    await says('Not all of the filter in this address can be read: there may be more rows than it meant.');
    await says('ORDER-OPEN');

    expect(await window.judge('sessions-cut')).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('says so where nothing matches, and gets out of it', async () => {
    await enter(`/sessions?filter=${encodeURIComponent(JSON.stringify({ reference: 'nothing like it' }))}`);
    await says('Nothing matches');
    const problems = await window.judge('sessions-nothing');

    await button('Clear the filter').click();
    await says('ORDER-OPEN');

    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('has the columns that one chooses, also when one comes again', async () => {
    await enter('/sessions');
    const { page } = window;
    const heads = async (): Promise<string[]> => page.getByRole('columnheader').allInnerTexts();
    await page.getByRole('columnheader', { name: 'Status' }).waitFor();
    await button('Columns').click();
    await page.getByRole('menuitemcheckbox', { name: 'ECI', checked: false }).waitFor();
    const problems = await window.violations();
    await window.picture('console-sessions-columns');
    await page.getByRole('menuitemcheckbox', { name: 'ECI' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Reference' }).click();
    for (const name of ['Issuer', 'Issuer country', 'Kind of card'])
      await page.getByRole('menuitemcheckbox', { name, exact: true }).click();
    await page.keyboard.press('Escape');

    // The table can be read again once the menu is gone.
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.getByRole('columnheader', { name: 'ECI' }).waitFor();
    expect(await heads()).not.toContain('Reference');
    await page.reload();
    await page.getByRole('columnheader', { name: 'ECI' }).waitFor();
    expect(await heads()).not.toContain('Reference');
    expect((await window.rows())[0]).toMatch(new RegExp(`${BANK}\\s+FR · France\\s+Credit`));
    problems.push(...(await window.judge('sessions-issuers')));
    expect(problems).toEqual([]);
  });

  it('has a next page and the way back, and is gone through by keys alone', async () => {
    await enter('/sessions?limit=25');
    const { page } = window;
    await says(HTML);
    await page.keyboard.press('n');
    await page.getByText('4 rows', { exact: true }).waitFor();
    await says('ORDER-1');
    await page.keyboard.press('p');
    await says(HTML);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Verdict' }).waitFor();
    expect(page.url()).toContain(String(declined['id']));
    await window.settled();
    // Right after each other: the second one does not wait for what the first one does.
    await Promise.all(['g', 'a'].map((key) => page.keyboard.press(key)));
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();

    expect(await window.judge('shortcuts')).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('stands still while sessions come, and shows them at a click', async () => {
    await enter('/sessions', 'viewer');
    const { page } = window;
    await says('ORDER-OPEN');
    await window.settled();
    const before = await window.rows();
    const sessions = new Calls(product, await bearer(product));
    await sessions.open(FRICTIONLESS, { channel_data: BROWSER, reference: 'ORDER-NEW' });

    await window.comesBackTo('1 new');

    expect(await window.rows()).toEqual(before);
    const problems = await window.judge('sessions-new');
    await button('1 new').click();
    await page.getByRole('cell', { name: 'ORDER-NEW' }).waitFor();
    await button('1 new').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });

  it('keeps its rows when the server cannot be reached any more, and says of when they are', async () => {
    await enter('/sessions', 'viewer');
    const { page } = window;
    await says('ORDER-OPEN');
    await page.context().setOffline(true);

    await window.comesBackTo('it could not be loaded since. The server cannot be reached.');

    await says('ORDER-OPEN');
    const problems = await window.judge('sessions-outdated');
    await page.context().setOffline(false);
    // With the network the rows come back by themselves.
    await page.getByText('it could not be loaded since').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  it('says that the server cannot be reached, and tries again', async () => {
    await enter('/audit');
    const endBy = await window.goesWrong('**/admin/api/sessions?*', (route) =>
      route.fulfill({ status: 503, json: {} }),
    );
    await window.open('Sessions');
    await says('The server is busy');
    const problems = await window.judge('sessions-busy');
    await endBy(button('Try again'));
    await says('ORDER-OPEN');
    await button('Load the newest').click();
    await window.settled();
    await says('ORDER-OPEN');

    expect(problems).toEqual([]);
    expect(window.flawsBut(401, 503)).toEqual([]);
  });
});

describe('reports of cards whose issuer nobody knows', () => {
  const path = `/reports?traffic=test&filter=${encodeURIComponent(JSON.stringify({ bin: [CHALLENGED.slice(0, 8)] }))}`;
  const parties = () => window.page.getByRole('region', { name: 'Issuers and ACS', exact: true }).first();

  it('say why, and how that is mended to who can', async () => {
    await enter(path);
    await parties().evaluate('(element) => element.scrollIntoView()');
    await parties().getByText('bins load FILE --environment test').waitFor();

    await parties()
      .getByRole('row', { name: /^Unknown/ })
      .waitFor();
    expect(await window.judge('reports-issuers-unknown')).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('say to others who can', async () => {
    await enter(path, 'viewer');
    await parties().evaluate('(element) => element.scrollIntoView()');
    await parties().getByText('An administrator can load one').waitFor();

    expect(await parties().getByText('bins load').count()).toBe(0);
    expect(window.flawsBut(401)).toEqual([]);
  });
});

describe('the screen of a session', () => {
  it('says what became of it, where the time went, and what every field means', async () => {
    await enter(`/sessions/${String(declined['id'])}`);
    const { page } = window;
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.waitFor();

    expect(await verdict.innerText()).toMatch(/declined|refused|did not/i);
    await page.getByText(`${BANK} · France · Credit`).waitFor();
    await says('Where the time went');
    await page.getByRole('button', { name: /ARes/ }).click();
    await says('transStatus');
    await says('Not authenticated');
    await page.getByLabel('Find a field or a value').fill('eci');
    expect(await window.judge('session')).toEqual([]);
    await page.getByRole('tab', { name: 'Story' }).click();
    await says('by issuer');
    expect(await window.judge('session-story')).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('leads to its merchant, and has every id to be copied, those in messages and in what happened too', async () => {
    await enter(`/sessions/${String(declined['id'])}?tab=attempts`);
    const { page } = window;
    const { body } = await (await demoOperator(product)).get(`sessions/${String(declined['id'])}`);
    const { merchant_id: merchant, attempts_made: attempts } = body as unknown as {
      merchant_id: string;
      attempts_made: readonly { transaction_id: string }[];
    };
    const transaction = String(attempts[0]?.transaction_id);
    await page.getByText(transaction).waitFor();
    await page.getByRole('tab', { name: 'Messages' }).click();
    await page.getByRole('button', { name: /ARes/ }).click();
    await page.getByLabel('Find a field or a value').fill(transaction);
    const row = page.getByRole('row', { name: /threeDSServerTransID/ });
    expect(await window.copiedBy(row.getByRole('button', { name: 'Copy threeDSServerTransID' }))).toBe(transaction);
    await page.getByLabel('Find a field or a value').fill('');
    const problems = await window.judge('session-message-ids');
    await page.getByRole('tab', { name: 'Request' }).click();
    await page.getByRole('button', { name: 'Copy channel id' }).waitFor();
    problems.push(...(await window.judge('session-request-ids')));

    const copy = page.getByRole('button', { name: 'Copy merchant id' }).first();
    expect(await window.copiedBy(copy)).toBe(merchant);
    await page.locator(`main a[href$="/merchants/${merchant}"]`).first().click();
    await page.waitForURL((url) => url.pathname.endsWith(`/merchants/${merchant}`));
    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('has its reference copied in the list, by a button that comes with the pointer or the keyboard', async () => {
    await enter(`/sessions?filter=${encodeURIComponent(JSON.stringify({ reference: 'ORDER-OPEN' }))}`, 'viewer');
    const { page } = window;
    const row = page.locator('tbody tr').first();
    const copy = row.getByRole('button', { name: 'Copy reference' });
    const opacity = () =>
      page.evaluate(`getComputedStyle(document.querySelector('button[aria-label="Copy reference"]')).opacity`);
    await copy.waitFor();
    expect(await opacity()).toBe('0');
    await row.getByText('ORDER-OPEN').hover();
    expect(await opacity()).toBe('1');
    await window.picture('console-sessions-copy');
    expect(await window.copiedBy(copy)).toBe('ORDER-OPEN');
    expect(page.url()).toContain('/sessions?');
    expect(window.flawsBut()).toEqual([]);
  });

  it('tells the keyboard as well why an act cannot be done now', async () => {
    await enter(`/sessions/${String(declined['id'])}`, 'operator');
    const { page } = window;
    const act = page.getByRole('button', { name: 'End now', exact: true, disabled: true });
    await act.waitFor();
    await button('Re-sync').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.getByRole('tooltip', { name: 'The session is final: nothing can change it any more' }).waitFor();
    await page.keyboard.press('Enter');

    // To whom the button is read, so is the reason.
    expect(await act.and(page.locator(':focus')).ariaSnapshot()).toContain('[disabled]');
    const told = String(await act.getAttribute('aria-describedby'));
    expect(await page.locator(`[id="${told}"]`).textContent()).toBe(
      'The session is final: nothing can change it any more',
    );
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('is not there for an id that nobody has', async () => {
    await enter('/sessions/sid_aaaaaaaaaaaaaaaaaaaaaaaaaa');
    await says('No such session');

    expect(await window.judge('session-none')).toEqual([]);
    expect(window.flawsBut(401, 404)).toEqual([]);
  });

  it('has acts for who may do them, each explained, and done with a reason', async () => {
    const open = new Calls(product, await bearer(product));
    const session = await open.open(CHALLENGED, { reference: 'TO-END' });
    await enter(`/sessions/${String(session['id'])}`, 'operator');
    const { page } = window;
    await button('End now').click();
    await says('This cannot be undone.');
    const problems = await window.judge('session-act');
    await page.getByLabel('Why (for the audit log)').fill('the cardholder called');
    await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click();
    await says('The session has ended.');

    expect((await open.read(session))['status']).toBe('expired');
    const { data } = (await (await demoOperator(product)).get('audit?limit=10')).body;
    expect(data).toContainEqual(expect.objectContaining({ act: 'session.expired', reason: 'the cardholder called' }));
    expect(problems).toEqual([]);
    expect(window.flawsBut()).toEqual([]);
  });
});

describe('one’s own account', () => {
  it('gets another password by the present one only', async () => {
    const email = 'changing@example.com';
    await newcomer(email);
    window = await OperatorWindow.signedIn(browser, product, { email, password: PASSWORD }, '/account');
    const { page } = window;
    const [present, next] = [page.getByLabel('Present password'), page.getByLabel('New password')];
    await present.fill('lantern tiger gravel');
    await next.fill('another lantern tiger');
    watchSecret('another lantern tiger');
    await button('Change the password').click();
    await says('This is not your password.');
    const problems = await window.judge('account-password-refused');
    await present.fill(PASSWORD);
    await next.fill('password1234');
    await button('Change the password').click();
    await says('This password is on lists that attackers try first.');
    await next.fill('another lantern tiger');
    await button('Change the password').click();
    await says('Your password is changed.');

    const signIn = async (password: string) => (await new ConsoleClient(product).signIn(email, password)).status;
    expect(await signIn(PASSWORD)).toBe(401);
    expect(await signIn('another lantern tiger')).toBe(204);
    expect(problems).toEqual([]);
    expect(window.flawsBut(401, 422)).toEqual([]);
  });

  it('has a time zone and an appearance of its own, also when one comes again', async () => {
    await enter('/sessions', 'operator');
    const { page } = window;
    const choose = async (item: RegExp): Promise<void> => {
      await page.getByRole('button', { name: /operator\.of\.all/ }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    const isDark = () => page.waitForFunction("getComputedStyle(document.documentElement).colorScheme === 'dark'");
    await says('ORDER-OPEN');
    await choose(/^Time zone/);
    await page.getByLabel('Find a city or region').fill('tokyo');
    const tokyo = page.getByRole('button', { name: /^Asia\/Tokyo/ });
    await tokyo.waitFor();
    await window.picture('console-time-zone');
    await tokyo.click();
    await choose(/^Appearance/);
    await page.getByRole('menuitem', { name: 'Appearance Light' }).click();
    await page.getByRole('menuitem', { name: 'Appearance Dark' }).waitFor();
    await isDark();

    await page.reload();

    const shown = page.locator('tbody time').first();
    const at = new Date((await shown.getAttribute('datetime')) ?? '');
    expect(await shown.innerText()).toContain(at.toLocaleTimeString('en-GB', { timeZone: 'Asia/Tokyo' }));
    await isDark();
    expect(window.flawsBut()).toEqual([]);
  });
});

describe('the audit log', () => {
  it('tells who did what, and is verified on demand', async () => {
    await enter('/audit');
    await says('operator signed in');
    const problems = await window.judge('audit');
    await button('Verify the chain').click();
    await window.page.getByRole('dialog').getByRole('button', { name: 'Verify' }).click();
    await says(/All \d+ entries are as they were written/);

    problems.push(...(await window.judge('audit-verified')));
    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('opens an entry by keyboard, whole: each member that changed as it was and as it is, and what it leads to', async () => {
    const admin = await demoOperator(product);
    const { body } = await admin.get('merchants?limit=1');
    const [merchant] = (body as unknown as { data: { id: string; version: number }[] }).data;
    const name = `${'LongNameOfAShop'.repeat(6)} the end`;
    await admin.call('PATCH', `merchants/${String(merchant?.id)}`, {
      name,
      reason: 'https-tickets-example-'.repeat(12),
    });
    await enter('/audit?filter={"act":"merchant.changed"}');
    const { page } = window;
    await page.locator('[data-row]').first().waitFor();
    await button('Filter').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Merchant', exact: true }).click();
    await page.getByRole('combobox', { name: 'Merchant' }).fill('longnameofashop');
    await page.getByRole('option', { name }).click();
    await page.getByRole('dialog').getByRole('button', { name }).waitFor();
    await page.keyboard.press('Enter');
    await button(`Merchant is ${name}`).waitFor();
    await page.getByText('1 row', { exact: true }).waitFor();
    expect(await window.wideThings()).toEqual([]);
    expect(await window.judge('audit-long')).toEqual([]);
    await page.keyboard.press('j');
    await page.locator('[data-row] :focus').waitFor();
    await page.keyboard.press('Enter');
    const entry = page.getByRole('dialog');
    await entry
      .getByRole('table', { name: 'What was changed' })
      .getByText(/the end$/)
      .waitFor();
    const problems = await window.judge('audit-entry');
    await entry
      .getByRole('link', { name: /^mer_…/ })
      .first()
      .click();
    await page
      .getByRole('heading', { level: 1 })
      .getByText(/the end/)
      .waitFor();

    expect(page.url()).toContain(`/merchants/${String(merchant?.id)}`);
    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('tells times that were changed in the zone of whoever looks, and in UTC on hover', async () => {
    const admin = await demoOperator(product);
    const { body } = await admin.get('connector-accounts?limit=1');
    const [account] = (body as unknown as { data: { id: string }[] }).data;
    const path = `connector-accounts/${String(account?.id)}/expiry`;
    const expires = '2027-06-30T21:30:00.000Z';
    expect((await admin.call('PUT', path, { expires_at: expires, reason: 'announced' })).status).toBe(200);
    await enter('/audit?filter={"act":"connector_account.expiry_set"}');
    const { page } = window;
    await page.evaluate("localStorage.setItem('RaStorecountersign.timeZone', JSON.stringify('Asia/Tokyo'))");
    await page.reload();

    const line = page.locator('tbody tr').first().getByText('1 Jul 2027, 06:30:00');
    await line.waitFor();
    expect(await line.getAttribute('title')).toContain('30 Jun 2027, 21:30:00 UTC');
    await page.locator('[data-row]').first().getByRole('button').first().click();
    const time = page.getByRole('dialog').getByRole('table').locator(`time[datetime="${expires}"]`);
    await time.getByText('1 Jul 2027, 06:30:00').waitFor();
    await time.hover();
    await page.getByRole('tooltip').getByText('30 Jun 2027, 21:30:00 UTC').waitFor();
    await page.mouse.move(0, 0);
    expect(await window.judge('audit-times')).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('is not for a viewer, who sees neither screen nor acts', async () => {
    await newcomer('viewer@example.com');
    window = await OperatorWindow.signedIn(
      browser,
      product,
      { email: 'viewer@example.com', password: PASSWORD },
      '/audit',
    );
    await says('There is no such page');
    const { page } = window;

    expect(await page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
    await page.goto(`${product.apiUrl}/admin/sessions/${String(declined['id'])}`);
    await page.getByRole('region', { name: 'Verdict' }).waitFor();
    expect(await page.getByRole('button', { name: 'End now' }).count()).toBe(0);
    expect(await window.judge('session-viewer')).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });
});
