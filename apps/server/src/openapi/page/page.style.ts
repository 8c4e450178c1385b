import { createHash } from 'node:crypto';

/** The page's one style sheet: light and dark, wide and narrow, no fonts or images from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #f7f5f1; --surface: #fff; --sunken: #f3f1ec; --ink: #1b1d29; --soft: #5d6072; --line: #e3dfd7;
  --accent: #2c44c9; --tint: #e9ecfb; --good: #12704a; --good-tint: #e3f4ec; --warn: #7a4d00; --warn-tint: #fdf1d8;
  --mono: ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; }
@media (prefers-color-scheme: dark) { :root { --paper: #101119; --surface: #191b26; --sunken: #12141d; --ink: #eceef6; --soft: #a0a4b8;
  --line: #2a2d3d; --accent: #9aaaff; --tint: #232a52; --good: #5fd3a0; --good-tint: #133226; --warn: #f2c572; --warn-tint: #352a12; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 20px; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif; -webkit-text-size-adjust: 100%; }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1, h2, h3, h4, p, pre, ul, dl, dd { margin: 0; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; }
h2 { font-size: 21px; letter-spacing: -0.015em; margin: 56px 0 6px; }
h3 { font-size: 16px; }
h4 { font-size: 12px; font-weight: 600; letter-spacing: 0.05em; text-transform: uppercase; color: var(--soft); margin: 22px 0 8px; }
code, pre { font-family: var(--mono); font-size: 0.88em; }
code { background: var(--sunken); border-radius: 4px; padding: 1px 4px; overflow-wrap: anywhere; }
pre { background: var(--sunken); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; overflow-x: auto; line-height: 1.5; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
.skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skip:focus { position: fixed; z-index: 2; margin: 8px; padding: 8px 14px; border-radius: 8px; background: var(--surface); }
.page { display: grid; grid-template-columns: 268px minmax(0, 1fr); max-width: 1240px; margin: 0 auto; }
.side { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 32px 20px 32px 24px; font-size: 14px; }
.side .brand { font-weight: 650; letter-spacing: -0.01em; color: var(--ink); text-decoration: none; }
.side h2 { font-size: 12px; letter-spacing: 0.05em; text-transform: uppercase; color: var(--soft); margin: 26px 0 6px; }
.side ul { list-style: none; padding: 0; }
.side li a { display: flex; gap: 8px; align-items: baseline; min-height: 28px; padding: 4px 8px; margin: 0 -8px; border-radius: 6px; color: var(--ink); text-decoration: none; }
.side li a:hover { background: var(--tint); }
main { padding: 32px 32px 96px; min-width: 0; }
.lead { color: var(--soft); font-size: 16px; max-width: 68ch; margin-top: 10px; }
.soft { color: var(--soft); }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: 22px 24px; margin-top: 18px; }
.card > p { max-width: 72ch; margin-top: 8px; }
.card > h3 + .scroll, .card > p + .scroll { margin-top: 14px; }
.op { display: flex; flex-wrap: wrap; gap: 10px; align-items: baseline; }
.op code { background: none; padding: 0; font-size: 15px; font-weight: 600; }
.verb { font: 650 11px/1 var(--mono); letter-spacing: 0.03em; padding: 5px 7px; border-radius: 6px; background: var(--tint); color: var(--accent); }
.side .verb { font-size: 10px; padding: 3px 0; width: 38px; text-align: center; flex: none; }
.verb.post { background: var(--good-tint); color: var(--good); }
.verb.put { background: var(--warn-tint); color: var(--warn); }
.tag { display: inline-block; font-size: 12px; line-height: 1.4; padding: 1px 8px; border-radius: 99px; background: var(--tint); color: var(--accent); white-space: nowrap; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-weight: 600; font-size: 12px; color: var(--soft); padding: 0 12px 6px 0; }
td { border-top: 1px solid var(--line); padding: 8px 12px 8px 0; vertical-align: top; }
td:first-child { white-space: nowrap; }
td small { display: block; color: var(--soft); font-size: 13px; }
details { margin-top: 10px; }
summary { cursor: pointer; color: var(--accent); font-size: 14px; min-height: 28px; }
details > pre, details > .scroll { margin-top: 8px; }
:target { border-color: var(--accent); box-shadow: 0 0 0 2px var(--tint); }
@media (max-width: 860px) { .page { display: block; } .side { position: static; max-height: none; padding: 20px 16px 0; } .side details { margin: 8px 0 0; }
  main { padding: 20px 16px 64px; } .card { padding: 18px 16px; } td:first-child { white-space: normal; } }
@media print { .side { display: none; } .page { display: block; } .card { break-inside: avoid; } }
`;

/** Nothing but that style sheet: no script, no frame, no address elsewhere. */
export const POLICY = [
  `default-src 'none'`,
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');
