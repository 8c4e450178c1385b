/** The bank's pages: the challenge, the hand-over of the CRes, a refusal, and the 3DS Method's invisible page. */
import type { Erro } from '@app/emv3ds';
import { markup, type Document, type Markup } from '../html/document';
import type { PurchaseView, Transaction } from '../transactions/transaction';
import { CHALLENGE_PASSWORD } from '../cards/card-table';
import { BANK_STYLE } from './challenge.style';
import { PROGRAMMES } from './programmes';

const WRONG = markup`aria-invalid="true" aria-describedby="message"`;

// Not by the `autofocus` attribute: browsers refuse that, with an error, inside another origin's page.
const FOCUS_PASSWORD = `document.getElementById('otp').focus();`;

const SUBMIT_AT_ONCE = `document.forms[0].submit();`;

const LOGO = markup`<svg viewBox="0 0 24 24" aria-hidden="true">
<rect width="24" height="24" rx="7" fill="#0b6b52"/>
<path d="M6 17V7l12 10V7" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>
</svg>`;

const BANK_HEADER = markup`<span class="bank">${LOGO}Northgate Bank</span>`;

/** `triesLeft` is set after a wrong password; `sessionData` comes back as it came. */
export function challengePage(transaction: Transaction, sessionData: string, triesLeft: number | null): Document {
  const { purchase } = transaction;
  const title = purchase.amount ? 'Confirm your payment' : 'Confirm it is you';
  const alert =
    triesLeft === null
      ? null
      : markup`<p class="alert" role="alert" id="message">
          Wrong password. ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.
        </p>`;
  return {
    title: `${title} · Northgate Bank`,
    style: BANK_STYLE,
    script: FOCUS_PASSWORD,
    body: markup`<main>
      <header>${BANK_HEADER}<span class="programme">${PROGRAMMES[purchase.scheme]}</span></header>
      <h1>${title}</h1>
      <dl>
        <dt>Merchant</dt>
        <dd>${purchase.merchantName}</dd>
        ${amountRow(purchase)}
        <dt>Card</dt>
        <dd>•••• ${purchase.lastFour}</dd>
      </dl>
      ${alert}
      <form id="challenge" method="post" action="/acs/challenge/answer" autocomplete="off">
        <input type="hidden" name="acsTransID" value="${transaction.acsTransID}" />
        <input type="hidden" name="threeDSSessionData" value="${sessionData}" />
        <label for="otp">Password</label>
        <input id="otp" name="otp" type="text" maxlength="64" autocapitalize="off" spellcheck="false"
          autocomplete="one-time-code" ${alert ? WRONG : null} />
        <div class="buttons">
          <button id="submit" name="action" value="submit" type="submit">Confirm</button>
          <button id="cancel" name="action" value="cancel" type="submit">Cancel</button>
        </div>
      </form>
      <p class="notice">This bank is a simulation. The password is <code>${CHALLENGE_PASSWORD}</code></p>
    </main>`,
  };
}

/** Hands the CRes (or an Erro) to the merchant's notification address; without script the cardholder presses the button. */
export function finalPage(notificationURL: string, cres: string, sessionData: string): Document {
  return {
    title: 'Returning to the shop',
    style: BANK_STYLE,
    script: SUBMIT_AT_ONCE,
    body: markup`<main>
      <header>${BANK_HEADER}</header>
      <p class="wait">Returning to the shop…</p>
      <form method="post" action="${notificationURL}">
        <input type="hidden" name="cres" value="${cres}" />
        ${sessionData === '' ? null : markup`<input type="hidden" name="threeDSSessionData" value="${sessionData}" />`}
        <noscript><button class="primary" type="submit">Continue</button></noscript>
      </form>
    </main>`,
  };
}

/** A CReq of no transaction we know: nobody can be told but the reader. */
export function refusedPage(erro: Erro): Document {
  return {
    title: 'This authentication cannot go on',
    style: BANK_STYLE,
    body: markup`<main>
      <header>${BANK_HEADER}</header>
      <h1>This authentication cannot go on</h1>
      <p class="lead">
        The shop sent a request that this bank does not recognise. You can close this window and try again.
      </p>
      <pre id="erro">${JSON.stringify(erro, null, 2)}</pre>
    </main>`,
  };
}

/** The page of the 3DS Method frame: nothing to see, reports back at once. */
export function methodPage(notificationURL: string, threeDSMethodData: string): Document {
  return {
    title: '3DS Method',
    script: SUBMIT_AT_ONCE,
    body: markup`<form method="post" action="${notificationURL}">
      <input type="hidden" name="threeDSMethodData" value="${threeDSMethodData}" />
      <noscript><button type="submit">Continue</button></noscript>
    </form>`,
  };
}

/** A 3DS Method request that cannot be read, or that names nowhere to report to. */
export function methodRefusedPage(detail: string): Document {
  return { title: '3DS Method', body: markup`<p>Not a 3DS Method request: ${detail}</p>` };
}

function amountRow(purchase: PurchaseView): Markup | null {
  if (!purchase.amount) return null;
  return markup`<dt>Amount</dt>
    <dd class="amount">${formatAmount(purchase.amount)}</dd>`;
}

/** Minor units to text, `purchaseExponent` digits behind the point: 6540 EUR becomes `65.40 EUR`. */
export function formatAmount({ minor, currency, exponent }: NonNullable<PurchaseView['amount']>): string {
  const digits = minor.replace(/^0+(?=\d)/, '').padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = digits.slice(digits.length - exponent);
  return `${whole}${exponent === 0 ? '' : `.${fraction}`} ${currency}`;
}
