/** The look of the bank's pages. Sizes work from the smallest challenge window, 250 by 400, to a full screen. */
export const BANK_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f5; --surface: #ffffff; --ink: #14211d; --soft: #5c6a65; --line: #dfe5e2;
  --brand: #0b6b52; --brand-ink: #ffffff; --brand-tint: #e4f3ee; --alert: #a3261b; --alert-tint: #fdecea;
  --notice: #7a5200; --notice-tint: #fff4dc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1412; --surface: #16201d; --ink: #e9f0ed; --soft: #9fb0aa; --line: #2a3833;
    --brand: #35b48f; --brand-ink: #06231a; --brand-tint: #14332a; --alert: #ff9d92; --alert-tint: #3a1a17;
    --notice: #f2c76b; --notice-tint: #33290f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; grid-template-columns: minmax(0, 1fr); justify-items: center; align-items: start;
  background: var(--ground); color: var(--ink); font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
main { width: 100%; min-height: 100vh; padding: 14px 18px 16px; background: var(--surface); display: flex; flex-direction: column; gap: 12px; }
@media (min-width: 640px) {
  body { padding: 24px; }
  main { max-width: 30rem; min-height: 0; border: 1px solid var(--line); border-radius: 14px; padding: 22px 26px; gap: 14px; }
}
header { display: flex; align-items: center; justify-content: space-between; gap: 10px; padding-bottom: 10px; border-bottom: 1px solid var(--line); }
.bank { display: flex; align-items: center; gap: 8px; font-weight: 650; letter-spacing: -.01em; white-space: nowrap; }
.bank svg { width: 24px; height: 24px; flex: none; }
.programme { min-width: 0; font-size: 12px; font-weight: 600; color: var(--soft); text-align: right; line-height: 1.25; }
h1 { margin: 0; font-size: 18px; line-height: 1.25; letter-spacing: -.01em; }
p { margin: 0; }
.lead { color: var(--soft); font-size: 14px; }
dl { margin: 0; padding: 10px 14px; border-radius: 10px; background: var(--ground); display: grid; grid-template-columns: auto 1fr; gap: 4px 16px; align-items: baseline; font-size: 14px; }
dt { color: var(--soft); }
dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dd.amount { font-weight: 700; font-size: 16px; }
form { display: flex; flex-direction: column; gap: 8px; }
label { font-weight: 600; font-size: 14px; }
input[name=otp] {
  width: 100%; padding: 10px 12px; border: 1.5px solid var(--line); border-radius: 9px;
  background: var(--surface); color: var(--ink); font: inherit; font-size: 16px;
}
input[name=otp]:focus-visible { outline: none; border-color: var(--brand); box-shadow: 0 0 0 3px color-mix(in srgb, var(--brand) 28%, transparent); }
input[aria-invalid=true] { border-color: var(--alert); }
.alert { padding: 8px 12px; border-radius: 9px; background: var(--alert-tint); color: var(--alert); font-size: 14px; font-weight: 550; }
.buttons { display: flex; gap: 8px; margin-top: 4px; }
button { flex: 1; padding: 10px 14px; border: 1.5px solid transparent; border-radius: 9px; font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible { outline: 3px solid color-mix(in srgb, var(--brand) 45%, transparent); outline-offset: 2px; }
#submit, .primary { background: var(--brand); color: var(--brand-ink); }
#submit:hover, .primary:hover { filter: brightness(1.08); }
#cancel { flex: 0 1 auto; background: transparent; color: var(--ink); border-color: var(--line); }
#cancel:hover { background: var(--ground); }
.notice { margin-top: 4px; padding: 8px 12px; border-radius: 9px; background: var(--notice-tint); color: var(--notice); font-size: 13px; }
.notice code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.notice code { font-weight: 700; white-space: nowrap; }
pre { margin: 0; padding: 10px 12px; border-radius: 9px; background: var(--ground); font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
.wait { display: flex; align-items: center; gap: 10px; color: var(--soft); }
.wait::before { content: ''; width: 16px; height: 16px; border-radius: 50%; border: 2.5px solid var(--line); border-top-color: var(--brand); animation: turn .8s linear infinite; }
@media (max-height: 440px) {
  main { gap: 8px; padding: 10px 14px 12px; }
  header { padding-bottom: 7px; }
  h1 { font-size: 16px; }
  dl { padding: 7px 12px; gap: 1px 12px; font-size: 13px; }
  dd.amount { font-size: 14px; }
  form { gap: 5px; }
  input[name=otp], button { padding-top: 7px; padding-bottom: 7px; }
  .notice { padding: 6px 10px; font-size: 12px; }
  .alert { padding: 6px 10px; font-size: 13px; }
}
@media (max-width: 320px) {
  header { padding-bottom: 6px; }
  .bank { font-size: 13px; gap: 6px; }
  .bank svg { width: 20px; height: 20px; }
  .programme { font-size: 10.5px; }
  h1 { font-size: 15px; }
  dd.amount { font-size: 13px; }
  .alert { font-size: 12px; }
}
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .wait::before { animation: none; } }
`;
