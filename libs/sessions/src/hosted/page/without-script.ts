/** The way through the page where no script runs: plain forms. Pure. */
import type { HostedState } from '../hosted-state';
import { inlineStyle } from './document';
import type { HostedPageModel } from './hosted-page.model';
import { markup, type Markup } from './markup';
import type { Words } from './words';

/** What goes into the head and into the body, in place of what the script would do. */
interface Plain {
  head: Markup;
  body: Markup;
}

/** A step in words, and the form that takes it. With a `title` it stands in place of what those read who have a script. */
interface PlainStep {
  title?: string;
  lead?: string;
  form?: Markup;
}

/** The forms and words for `model`'s step; `say` fills in names. */
export function withoutScript(model: HostedPageModel, words: Words, say: (text: string) => string): Plain {
  const { title, lead, form = null } = STEPS[model.state.step](model, words);
  const hidden = `${title === undefined ? '' : '.screen,'}.stuck{display:none}noscript{display:contents}`;
  const heading = title === undefined ? null : markup`<h1>${title}</h1>`;
  const text = lead === undefined ? null : markup`<p class="lead">${say(lead)}</p>`;
  return {
    head: markup`<noscript>${inlineStyle(model.nonce, hidden)}</noscript>`,
    body: markup`<noscript><div class="plain">${heading}${text}${form}</div></noscript>`,
  };
}

const STEPS: Readonly<Record<HostedState['step'], (model: HostedPageModel, words: Words) => PlainStep>> = {
  device: askWithoutScript,
  method: askWithoutScript,
  challenge: bankWithoutScript,
  waiting: ({ base }, words) => ({ lead: words.waitWithoutScript, form: reloadButton(base, words) }),
  elsewhere: () => ({}),
  done: () => ({}),
};

function askWithoutScript({ base, worksWithoutScript }: HostedPageModel, words: Words): PlainStep {
  const { title } = words.screens.asking;
  if (!worksWithoutScript) return { title, lead: words.scriptNeeded };
  return { title, lead: words.askWithoutScript, form: button(`${base}/continue`, words.continue) };
}

/**
 * The server is told first; then the issuer's own page takes the place of ours. Once that is through, only its result is waited
 * for; should it have ended too early, it can be opened again.
 */
function bankWithoutScript({ base, state: { challenge } }: HostedPageModel, words: Words): PlainStep {
  if (challenge?.returned) {
    return {
      title: words.screens.checking.title,
      lead: words.waitWithoutScript,
      form: markup`${reloadButton(base, words)}${issuerButton(challenge, words.openBankPage, 'button quiet')}`,
    };
  }
  const { title } = words.screens.challenge;
  const form = challenge?.shown
    ? issuerButton(challenge, words.openBankPage)
    : button(`${base}/continue`, words.continue);
  return { title, lead: words.bankWithoutScript, form };
}

/** A page that reloads by itself would take readers away from where they are (WCAG 2.2, 2.2.1 and its failure F41). */
function reloadButton(base: string, words: Words): Markup {
  return markup`<form action="${base}"><button class="button">${words.reload}</button></form>`;
}

function button(action: string, text: string): Markup {
  return markup`<form method="post" action="${action}"><button class="button">${text}</button></form>`;
}

/** With the whole window: the browser comes back from the issuer's page the same way. */
function issuerButton({ url, fields }: NonNullable<HostedState['challenge']>, text: string, look = 'button'): Markup {
  const inputs = Object.entries(fields).map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
  );
  return markup`
    <form method="post" action="${url}" target="_top">
      ${inputs}<button class="${look}">${text}</button>
    </form>`;
}
