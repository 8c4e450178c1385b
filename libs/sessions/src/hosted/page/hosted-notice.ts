/** Pages for people in place of the hosted page, and of a JSON error. Pure. */
import { renderDocument, type HostedAssets } from './document';
import type { PageLanguage } from './language';
import { MARKS } from './marks';
import { markup, type Markup } from './markup';
import type { NoticeName, ScreenName, Words } from './words';
import { WORDS } from './words/index';

/** What a notice needs beside its kind. `base` is the page's own address; null where there is none to try again. */
export interface HostedNoticeModel {
  readonly language: PageLanguage;
  readonly assets: Pick<HostedAssets, 'styles'>;
  readonly nonce: string;
  readonly base: string | null;
}

interface Notice {
  /** The screen whose drawing it shows. */
  looksLike: ScreenName;
  /** What can be done about it on this page. */
  action?: (base: string, words: Words) => Markup;
}

const tryAgain = (base: string, words: Words): Markup => markup`<a class="button" href="${base}">${words.tryAgain}</a>`;

const NOTICES: Readonly<Record<NoticeName, Notice>> = {
  not_found: { looksLike: 'unconfirmed' },
  finished: { looksLike: 'leaving' },
  expired: { looksLike: 'closed' },
  framed: {
    looksLike: 'elsewhere',
    action: (base, words) => markup`<a class="button" href="${base}" target="_top">${words.openAlone}</a>`,
  },
  busy: { looksLike: 'closed', action: tryAgain },
  error: { looksLike: 'unconfirmed', action: tryAgain },
};

/** The notice as text. It names no merchant: who asks may be anybody. */
export function renderHostedNotice(kind: NoticeName, model: HostedNoticeModel): string {
  const { language, assets, nonce, base } = model;
  const words = WORDS[language.locale];
  const { title, lead } = words.notices[kind];
  const { looksLike, action } = NOTICES[kind];
  return renderDocument({
    language,
    nonce,
    styles: assets.styles,
    accent: null,
    title,
    screen: looksLike,
    head: null,
    body: markup`
      <div class="page alone">
        <main class="panel" data-notice="${kind}">
          <div class="screen">
            ${MARKS}
            <h1>${title}</h1>
            <p class="lead">${lead}</p>
          </div>
          ${base === null || !action ? null : markup`<div class="actions">${action(base, words)}</div>`}
        </main>
      </div>`,
  });
}
