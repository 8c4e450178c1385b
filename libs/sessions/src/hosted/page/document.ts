/** The shell that the page and the notices share: head, style and colours. Pure. */
import { isColour, type AccentShades, type Shade } from '@app/credentials';
import type { PageLanguage } from './language';
import { markup, Markup } from './markup';

/** What the build made for the page. */
export interface HostedAssets {
  /** The address of the script. */
  readonly script: string;
  /** The style sheet itself: a page that is opened once is quicker with it inside, and never stands there without. */
  readonly styles: string;
}

/** One document. `head` and `body` are ours; `screen` says which one the style sheet shows. */
export interface PageDocument {
  readonly language: PageLanguage;
  readonly nonce: string;
  readonly styles: string;
  readonly accent: AccentShades | null;
  readonly title: string;
  readonly screen: string;
  readonly head: Markup | null;
  readonly body: Markup;
}

/** The whole document as text. */
export function renderDocument(document: PageDocument): string {
  const { language, nonce, styles, accent, title, screen, head, body } = document;
  return markup`
    <!doctype html>
    <html lang="${language.locale}" dir="${language.dir}" data-screen="${screen}">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>${title}</title>
        <link rel="icon" href="data:,">
        ${inlineStyle(nonce, `${styles}${accent === null ? '' : coloursOf(accent)}`)}
        ${head}
      </head>
      <body>${body}</body>
    </html>`.text;
}

/** A style element that the page's policy lets through. `css` is ours: it is taken as it is. */
export function inlineStyle(nonce: string, css: string): Markup {
  return markup`<style nonce="${nonce}">${new Markup(css)}</style>`;
}

/** The merchant's colour in place of ours. */
function coloursOf({ light, dark }: AccentShades): string {
  return `:root{${variablesOf(light)}}@media(prefers-color-scheme:dark){:root{${variablesOf(dark)}}}`;
}

function variablesOf({ ground, ink }: Shade): string {
  // It stands where markup is not escaped.
  return isColour(ground) && isColour(ink) ? `--accent:${ground};--on-accent:${ink}` : '';
}
