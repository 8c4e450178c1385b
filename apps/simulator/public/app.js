/** Ties the page together: configuration, checkout form, one payment at a time. */
import { getConfig } from './api.js';
import { createPicker } from './cards.js';
import { comeBack, goAndPay, pay } from './flow.js';
import { loadKit } from './kit.js';
import { showIdle, startRun } from './view.js';
import { CONNECTORS } from './words.js';

const byId = (id) => document.getElementById(id);
const EXPONENTS = { EUR: 2, USD: 2, GBP: 2, JPY: 0, KWD: 3 };

function readAmount() {
  const currency = byId('currency').value;
  const exponent = EXPONENTS[currency];
  const text = byId('amount').value.trim().replace(',', '.');
  const [, whole, fraction = ''] = /^(\d{1,9})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > exponent) {
    throw new Error(
      exponent === 0 ? `${currency} has no decimals.` : `Enter an amount with at most ${exponent} decimals.`,
    );
  }
  const amount = Number(whole + fraction.padEnd(exponent, '0'));
  if (amount === 0) throw new Error('Enter an amount above zero.');
  return { amount, currency };
}

function showPrice() {
  const currency = byId('currency').value;
  try {
    const { amount } = readAmount();
    const exponent = EXPONENTS[currency];
    const price = new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(amount / 10 ** exponent);
    byId('pay-text').textContent = `Pay ${price}`;
  } catch {
    byId('pay-text').textContent = 'Pay';
  }
}

function setBusy(busy) {
  byId('pay').disabled = busy;
  byId('pay').dataset.busy = String(busy);
  if (busy) byId('pay-text').textContent = 'Paying…';
  else showPrice();
}

function showFormError(message) {
  byId('form-error').textContent = message;
  byId('form-error').hidden = message === '';
}

/** The merchants to choose from; the choice stays where it was. */
function showMerchants(merchants) {
  const select = byId('merchant');
  const chosen = select.value;
  select.replaceChildren(
    ...merchants.map(({ processingChannelId, name, connector }) => {
      const words = CONNECTORS[connector];
      return new Option(words ? `${name}: ${words}` : name, processingChannelId);
    }),
  );
  if (merchants.some(({ processingChannelId }) => processingChannelId === chosen)) select.value = chosen;
  byId('merchant-field').hidden = merchants.length < 2;
}

async function connect() {
  const config = await getConfig();
  const { connected, apiUrl, problem, merchants } = config;
  byId('connection').dataset.state = connected ? 'connected' : 'waiting';
  byId('connection-text').textContent = connected ? 'Connected' : 'No server';
  byId('connection').title = connected ? `Sessions API at ${apiUrl}` : '';
  byId('banner').hidden = connected;
  showMerchants(merchants);
  byId('banner-text').textContent = problem ? `${problem}. Run “npm start”, then` : '';
  return config;
}

/** Where a payment takes place, and how it is made there. */
const PLACES = {
  shop: async (kit, ...payment) => pay(await kit, ...payment),
  hosted: (_kit, ...payment) => goAndPay(...payment),
};

/** Shows a payment from beginning to end; `work` is told whom to report to. */
async function show(work) {
  setBusy(true);
  const steps = startRun();
  let hasResult = false;
  try {
    await work({
      ...steps,
      verdict(session) {
        hasResult = true;
        steps.verdict(session);
      },
    });
  } catch (error) {
    steps.stopped(error, hasResult);
  } finally {
    steps.finish();
    setBusy(false);
  }
}

async function submit(event, picker, kit) {
  event.preventDefault();
  let order;
  try {
    const place = byId('place').value;
    order = { ...picker.read(), ...readAmount(), challenge_indicator: byId('indicator').value, place };
    showFormError('');
  } catch (error) {
    showFormError(error.message);
    return;
  }
  // The button is about to be disabled; who uses keys goes on from the result.
  byId('run-heading').focus({ preventScroll: true });
  const shown = show((steps) => PLACES[order.place](kit, byId('merchant').value, order, steps));
  if (window.matchMedia('(max-width: 900px)').matches) {
    byId('run-heading').scrollIntoView({ behavior: 'smooth', block: 'start' });
  }
  await shown;
}

/** The customer is back from Countersign's page. */
async function welcomeBack(id, merchant) {
  byId('place').value = 'hosted';
  if (merchant) byId('merchant').value = merchant;
  await show((steps) => comeBack(merchant ?? '', id, steps));
}

showIdle();
const { cards, apiUrl } = await connect();
const kit = apiUrl === null ? null : loadKit(apiUrl);
kit?.catch(() => undefined);
const picker = createPicker(cards);
showPrice();
byId('amount').addEventListener('input', showPrice);
byId('currency').addEventListener('change', showPrice);
// The page's policy names the server: it has to come anew.
byId('reconnect').addEventListener('click', () => location.reload());
byId('checkout').addEventListener('submit', (event) => void submit(event, picker, kit));
// A browser that goes back to a page that it kept finds it in the middle of a payment.
window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
document.documentElement.dataset.ready = 'true';
const query = new URLSearchParams(location.search);
if (query.has('cko-session-id')) await welcomeBack(query.get('cko-session-id'), query.get('merchant'));
