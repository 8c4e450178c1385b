/** Small HTML documents for frames: escaped by construction, with a content security policy of their own. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** Markup that is safe to place as it is. Only `markup` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Hole = string | number | Markup | readonly Markup[] | null;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A template tag: every hole is escaped unless it is markup itself; null leaves nothing. */
export function markup(parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + fill(holes[index - 1] ?? null) + part));
}

function fill(hole: Hole): string {
  if (hole === null) return '';
  if (hole instanceof Markup) return hole.text;
  if (typeof hole === 'object') return hole.map((markup) => markup.text).join('');
  return String(hole).replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** A document: its style and script are trusted text of ours and run under a nonce. */
export interface Document {
  readonly title: string;
  readonly body: Markup;
  readonly style?: string;
  readonly script?: string;
}

/**
 * Sends a document. Forms may post anywhere, since notification addresses belong to the merchants; nothing else is
 * loaded from anywhere, and any page may frame it.
 */
export function sendDocument(reply: FastifyReply, status: number, { title, body, style, script }: Document): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; form-action http: https:; base-uri 'none'`;
  const document = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${style === undefined ? null : new Markup(`<style nonce="${nonce}">${style}</style>`)}
</head>
<body>
${body}
${script === undefined ? null : new Markup(`<script nonce="${nonce}">${script}</script>`)}
</body>
</html>
`;
  void reply
    .code(status)
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=UTF-8')
    .send(document.text);
}
