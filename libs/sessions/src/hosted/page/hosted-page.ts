/** The page behind a hosted link, as HTML: whole without script, and the ground that the script works on. Pure. */
import type { HostedState } from '../hosted-state';
import { formatAmount } from './amount';
import { renderDocument } from './document';
import type { HostedPageModel, PageBrand } from './hosted-page.model';
import { LOCK, MARKS } from './marks';
import { json, markup, type Markup } from './markup';
import { SCHEME_NAMES } from './programmes';
import { withoutScript } from './without-script';
import { fill, SCREENS, type Screen, type ScreenName, type Words } from './words';
import { WORDS } from './words/index';

/** The steps that people see, in their order. */
const STEPS = ['stepReady', 'stepBank', 'stepBack'] as const satisfies readonly (keyof Words)[];

/** How far along each screen is; null where the way does not go on here. */
const PROGRESS: Readonly<Record<ScreenName, number | null>> = {
  preparing: 0,
  asking: 1,
  challenge: 1,
  refused: 1,
  checking: 1,
  confirmed: 2,
  unconfirmed: 2,
  leaving: 2,
  elsewhere: null,
  closed: null,
};

/** What a step looks like, as far as the step alone says. */
const SCREEN_OF: Readonly<Record<HostedState['step'], ScreenName>> = {
  device: 'preparing',
  method: 'preparing',
  waiting: 'asking',
  challenge: 'challenge',
  done: 'unconfirmed',
  elsewhere: 'elsewhere',
};

/** Words with the shop's name in them. */
type Say = (text: string) => string;

/** The page as text, for the state that it is opened in. */
export function renderHostedPage(model: HostedPageModel): string {
  const { language, brand, state, assets, nonce } = model;
  const words = WORDS[language.locale];
  const say: Say = (text) => fill(text, { shop: brand.name });
  const screen = screenOf(state);
  const { title, lead } = words.screens[screen];
  const plain = withoutScript(model, words, say);
  return renderDocument({
    language,
    nonce,
    styles: assets.styles,
    accent: brand.accent,
    title: `${say(title)} · ${brand.name}`,
    screen,
    head: markup`${plain.head}<script nonce="${nonce}" type="module" src="${assets.script}"></script>`,
    body: markup`
      <div class="page">
        <header class="order">${shopOf(brand)}${amountOf(model, words)}${factsOf(model, words)}</header>
        <main class="panel">
          ${stepsOf(words, say, PROGRESS[screen])}
          <div class="screen">
            ${MARKS}
            <h1 id="title" tabindex="-1">${say(title)}</h1>
            <p id="lead" class="lead">${say(lead)}</p>
          </div>
          <p id="remark" class="remark" role="status"></p>
          <div id="bank" class="bank"></div>
          ${plain.body}
          <div class="ways">
            <div id="offer" class="offer" hidden>
              <p>${words.bankPageMissing}</p>
              <button id="open" class="button quiet" type="button">${words.openBankPage}</button>
            </div>
            ${actionsOf(model, words, say)}
          </div>
        </main>
        ${programmeOf(model, words)}
      </div>
      <p id="said" class="unseen" role="status"></p>
      ${questionOf(words, say)}
      <script id="boot" type="application/json">${json(bootOf(model, words, say))}</script>`,
  });
}

function screenOf({ step, outcome, challenge }: HostedState): ScreenName {
  if (outcome === 'success') return 'confirmed';
  return challenge?.returned ? 'checking' : SCREEN_OF[step];
}

function shopOf({ name, logoUrl }: PageBrand): Markup {
  const [initial = ''] = name;
  const logo =
    logoUrl === null
      ? markup`<span class="monogram" aria-hidden="true">${initial.toUpperCase()}</span>`
      : markup`<img class="logo" src="${logoUrl}" alt="">`;
  return markup`<p class="shop">${logo}<bdi class="shop-name">${name}</bdi></p>`;
}

function amountOf({ purchase, language: { tag } }: HostedPageModel, words: Words): Markup {
  if (purchase === null) return markup`<p class="amount no-charge">${words.noCharge}</p>`;
  return markup`
    <p class="amount">
      <span class="label">${words.total}</span> <bdi class="sum">${formatAmount(purchase, tag)}</bdi>
    </p>`;
}

function factsOf({ reference, card }: HostedPageModel, words: Words): Markup | null {
  const rows: Markup[] = [];
  if (reference !== null) rows.push(row(words.reference, markup`<bdi>${reference}</bdi>`));
  if (card.scheme !== null && card.lastFour !== null) {
    const { card: name } = SCHEME_NAMES[card.scheme];
    const aloud = fill(words.cardEnding, { card: name, digits: card.lastFour });
    const seen = markup`<bdi aria-hidden="true">${name} •••• ${card.lastFour}</bdi>`;
    rows.push(row(words.card, markup`${seen}<span class="unseen">${aloud}</span>`));
  }
  return rows.length === 0 ? null : markup`<dl class="facts">${rows}</dl>`;
}

const row = (name: string, value: Markup): Markup => markup`<div><dt>${name}</dt> <dd>${value}</dd></div>`;

function programmeOf({ card: { scheme } }: HostedPageModel, words: Words): Markup | null {
  if (scheme === null) return null;
  const { programme } = SCHEME_NAMES[scheme];
  return markup`<footer class="programme">${LOCK}<span>${fill(words.protectedBy, { programme })}</span></footer>`;
}

function stepsOf(words: Words, say: Say, at: number | null): Markup {
  const now = at ?? 0;
  const items = STEPS.map((step, index) => {
    const state = index < now ? 'done' : index === now ? 'now' : 'next';
    const current = state === 'now' ? markup` aria-current="step"` : null;
    return markup`
      <li data-state="${state}"${current}>
        <span>${say(words[step])}</span> <span class="unseen if-done">${words.done}</span>
      </li>`;
  });
  return markup`<ol id="steps" class="steps" aria-label="${words.steps}">${items}</ol>`;
}

function actionsOf({ base, state }: HostedPageModel, words: Words, say: Say): Markup {
  return markup`
    <div class="actions">
      <p class="stuck">${words.stuck} <a href="${base}">${words.reload}</a></p>
      <button id="here" class="button" type="button">${words.continueHere}</button>
      <a id="return" class="button" href="${state.return_url}" target="_top">${say(words.back)}</a>
      <form id="leave" method="post" action="${base}/leave" target="_top">
        <button id="cancel" class="button quiet">
          <span class="roomy">${say(words.cancel)}</span><span class="brief">${words.cancelBriefly}</span>
        </button>
      </form>
    </div>`;
}

/** Asked before a cancel; the script opens it, and says in it what a cancel does by then. */
function questionOf(words: Words, say: Say): Markup {
  return markup`
    <dialog id="sure" class="sure" aria-labelledby="sure-title" aria-describedby="sure-text">
      <form method="dialog">
        <h2 id="sure-title">${say(words.cancelTitle)}</h2>
        <p id="sure-text"></p>
        <button class="button" value="no">${words.cancelNo}</button>
        <button class="button quiet" value="yes">${words.cancelYes}</button>
      </form>
    </dialog>`;
}

/** What the script needs: where it is, what it may have to say, how far along each screen is. */
function bootOf({ base, state, brand }: HostedPageModel, words: Words, say: Say): object {
  const spoken = ({ title, lead }: Screen): Screen => ({ title: say(title), lead: say(lead) });
  return {
    base,
    state,
    shop: brand.name,
    screens: Object.fromEntries(
      SCREENS.map((name) => [name, { ...spoken(words.screens[name]), step: PROGRESS[name] }]),
    ),
    remarks: words.remarks,
    bankPage: words.bankPage,
    cancel: { declines: words.cancelDeclines, leaves: words.cancelLeaves },
  };
}
