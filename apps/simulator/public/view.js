/** What the right-hand side shows: steps with their times, the verdict, the callback. */
import { CANCELLED, DECIDERS, errorWords, headlineOf, LIABILITY, REASONS, STATUS_REASONS, STEPS } from './words.js';

const byId = (id) => document.getElementById(id);
const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};
const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?/g;

/** JSON as coloured text. */
function json(value) {
  const pre = element('pre', 'json');
  pre.tabIndex = 0;
  const text = JSON.stringify(value, null, 2);
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    pre.append(text.slice(at, match.index));
    const [all, string, colon] = match;
    pre.append(element('span', string ? (colon ? 'key' : 'string') : 'atom', string ?? all), colon ?? '');
    at = match.index + all.length;
  }
  pre.append(text.slice(at));
  return pre;
}

function details(summary, value) {
  const made = element('details', 'raw');
  made.append(element('summary', '', summary), json(value));
  return made;
}

/** Clears the right-hand side and returns the reporter that `pay` talks to. */
export function startRun() {
  const started = new Map();
  const begun = performance.now();
  const items = new Map(
    STEPS.map(([name, title, purpose]) => {
      const item = element('li', 'step');
      item.dataset.testid = `step-${name}`;
      item.dataset.state = 'waiting';
      const head = element('div', 'step-head');
      head.append(element('span', 'step-title', title), element('span', 'step-time'));
      item.append(element('span', 'step-icon'), head, element('p', 'step-note', purpose));
      return [name, item];
    }),
  );
  byId('steps').replaceChildren(...items.values());
  byId('callback').hidden = true;
  byId('callback').dataset.state = 'none';
  byId('session').hidden = true;
  byId('facts').hidden = true;
  byId('total').textContent = '';
  verdict('busy', 'running', 'Authenticating…', 'Watch the steps below.');

  const end = (name, state, note, data) => {
    const item = items.get(name);
    item.dataset.state = state;
    item.querySelector('.step-note').textContent = note;
    const from = started.get(name);
    if (from !== undefined) item.querySelector('.step-time').textContent = duration(performance.now() - from);
    if (data !== undefined && data !== null) item.append(details('JSON', data));
  };
  const total = () => {
    byId('total').textContent = `${duration(performance.now() - begun)} in all`;
  };

  return {
    start(name) {
      started.set(name, performance.now());
      items.get(name).dataset.state = 'running';
    },
    done: (name, note, data) => end(name, 'done', note, data),
    skip: (name, note) => end(name, 'skipped', note),
    fail: (name, note, data) => end(name, 'failed', note, data),
    session(id) {
      byId('session').textContent = id;
      byId('session').hidden = false;
    },
    verdict: showVerdict,
    callback: showCallback,
    finish() {
      total();
      for (const item of items.values()) {
        if (item.dataset.state === 'waiting') {
          item.dataset.state = 'skipped';
          item.querySelector('.step-note').textContent = 'Not reached';
        }
      }
    },
    /** The run ended before a result: say why. A result that already stands is kept. */
    stopped(error, hasResult) {
      const [title, text] = errorWords(error.codes ?? [], error.message);
      if (hasResult) byId('verdict-text').textContent += ` ${title} ${text}`;
      else verdict('warn', error.answer ? 'refused' : 'error', title, text);
    },
  };
}

/** The list of steps before anything ran. */
export function showIdle() {
  startRun();
  verdict(
    'idle',
    'ready',
    'Nothing has been paid yet.',
    'The steps below fill in as they happen. Open one to see what was sent and what came back.',
  );
}

function verdict(tone, status, title, text) {
  byId('verdict').dataset.tone = tone;
  byId('status').textContent = status;
  byId('verdict-title').textContent = title;
  byId('verdict-text').textContent = text;
}

function showVerdict(session) {
  if (['pending', 'processing', 'challenged'].includes(session.status)) {
    verdict(
      'warn',
      session.status,
      'No result yet.',
      'The challenge is still open. The bank will end it by itself, and the merchant will hear.',
    );
    return;
  }
  const [tone, title] = headlineOf(session);
  const meaning = session.verdict ?? {};
  verdict(tone, session.status, title, meaning.text ?? '');
  const reason = session.response_status_reason;
  const facts = [
    ['Liability', LIABILITY[meaning.liability_shift] ?? meaning.liability_shift],
    ['Decided by', DECIDERS[meaning.decided_by] ?? meaning.decided_by],
    [
      'Flow',
      { challenged: 'Challenged', frictionless: 'Frictionless' }[session.flow_type] ??
        (session.challenged ? 'Challenged' : 'Frictionless'),
    ],
    ['Response code', session.response_code],
    ['ECI', session.eci],
    ['3-D Secure', session.protocol_version],
    ['Bank’s reason', reason && (REASONS[reason] ? `${REASONS[reason]} (${reason})` : reason)],
    ['Status reason', session.status_reason && (STATUS_REASONS[session.status_reason] ?? session.status_reason)],
    ['Cancelled', CANCELLED[session.acs?.challenge_cancel_reason] ?? session.acs?.challenge_cancel_reason],
    ['Bank says', session.cardholder_info],
  ].filter(([, value]) => value);
  byId('facts').replaceChildren(
    ...facts.map(([name, value]) => {
      const pair = element('div', '');
      pair.append(element('dt', '', name), element('dd', '', value));
      return pair;
    }),
  );
  byId('facts').hidden = false;
}

function showCallback({ receivedAt, headers, verified, body }) {
  const box = byId('callback');
  const head = element('div', 'callback-head');
  head.append(
    element('h3', '', 'The merchant heard'),
    element(
      'span',
      `seal ${verified ? 'seal-good' : 'seal-bad'}`,
      verified ? 'signature verified' : 'signature not verified',
    ),
  );
  const said = element('p', 'callback-said');
  const at = new Date(receivedAt).toLocaleTimeString();
  said.append(
    `At ${at}: session `,
    element('strong', '', body?.status ?? 'unknown'),
    ` (${headers['webhook-id'] ?? 'no message id'}).`,
  );
  box.replaceChildren(head, said, details('Callback as received', { headers, body }));
  box.dataset.state = 'received';
  box.dataset.verified = String(verified);
  box.hidden = false;
}
