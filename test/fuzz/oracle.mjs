/** What an answer may be, whatever was asked. */

const CODE = /^[a-z0-9_]{1,300}$/;
const OAUTH_ERRORS = new Set(['invalid_request', 'invalid_client', 'unsupported_grant_type', 'invalid_scope']);
/** By endpoint, beside the errors of the contract; each with why. */
const SUCCESS = {
  create: [201, 202],
  'create upstream': [201, 202],
  get: [200],
  collect: [200],
  fingerprint: [200],
  complete: [204],
  authorization: [200],
  capture: [201],
  instrument: [200],
  forget: [204],
  token: [200],
  notification: [200],
  method: [200],
  webhook: [200],
  callback: [200],
  return: [200],
  rreq: [200],
  page: [200],
  'page file': [200],
  'page form': [],
  'page state': [200],
  'page view': [200],
  'page device': [200],
  'page call': [200],
  'page legs': [204],
};

/** A page whose session is over sends on to the shop; a form leads back to its page, or there. */
const SENDS_ON = new Set(['page', 'page form']);
const ON_TO = /^(\/hosted\/[\w-]+|http:\/\/127\.0\.0\.1:9\/\S*[?&]cko-session-id=sid_\w{26})$/;
/** A link that leads nowhere is told to people; whose path was changed may be one. */
const isNotice = (name, text) => name.startsWith('page') && /^<!doctype html>[\s\S]*data-notice="/i.test(text.trim());

/** Whom an address was not given, or who did not sign, is told nothing more. */
const SILENT = { webhook: [401, 404], callback: [404] };
const PAGES = new Set(['notification', 'method', 'return', 'page']);

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isContractError({ request_id: id, error_type: type, error_codes: codes, ...rest }, headers) {
  return (
    id === headers['cko-request-id'] &&
    typeof type === 'string' &&
    Array.isArray(codes) &&
    codes.length > 0 &&
    codes.every((code) => CODE.test(code)) &&
    Object.keys(rest).length === 0
  );
}

function isOwnError(name, status, body, headers) {
  if (name === 'token' && status === 400 && OAUTH_ERRORS.has(body.error)) return Object.keys(body).length === 1;
  if (name === 'rreq' && body.messageType === 'Erro') return status === 503;
  if (name.startsWith('page') && status === 409) {
    const { state, ...error } = body;
    return state?.step === 'elsewhere' && isContractError(error, headers);
  }
  return isContractError(body, headers);
}

/** Statuses of 500 and more are failures, except these. */
function mayFail(name, status, body, headers) {
  if (status === 503) return Number(headers['retry-after']) >= 1;
  if (status === 501) return body.error_type === 'not_implemented';
  return status === 502 && name === 'complete' && body.error_type === 'callback_failed';
}

/** What is wrong with `answer` to a request for the target `name`, or null. */
export function complaint(name, { flags, intact }, answer) {
  const { status, headers, text, hangs } = answer;
  if (hangs) return 'hangs';
  // A server that answers before it has read everything may close before everything was sent (RFC 9112 section 9.6).
  if (status === 0) return flags.broken || flags.tooLong ? null : 'closed without an answer';
  if (headers['cko-request-id'] === undefined) return `${status} without a request id`;
  if (flags.head) return status >= 500 && status !== 503 ? `${status} to a HEAD` : null;
  if (status === 303 && SENDS_ON.has(name)) return ON_TO.test(headers.location) ? null : `to ${headers.location}`;
  if (status >= 300 && status < 400) return `${status}: nothing else redirects`;
  if (status < 300) {
    if (!intact) return null;
    if (!SUCCESS[name].includes(status)) return `${status} is no success of ${name}`;
    // A script or a picture: whose content it is, its own tests say.
    if (name === 'page file') return null;
    if (name === 'rreq') return text === '' || ['RRes', 'Erro'].includes(json(text)?.messageType) ? null : 'no message';
    if (PAGES.has(name)) return text.trimStart().startsWith('<!doctype html>') ? null : 'no page';
    return status === 204 || typeof json(text) === 'object' ? null : 'no JSON';
  }
  if (text === '{}' && SILENT[name]?.includes(status)) return null;
  if (isNotice(name, text)) return status < 500 || Number(headers['retry-after']) >= 1 ? null : `${status} as a page`;
  const body = json(text);
  if (typeof body !== 'object' || body === null) return `${status} without JSON`;
  if (status >= 500 && !mayFail(name, status, body, headers)) return `${status} ${text.slice(0, 200)}`;
  if (name === 'rreq' && intact && !flags.broken && status !== 503)
    return `${status} is no answer to a directory server`;
  return isOwnError(name, status, body, headers) ? null : `${status} with another body: ${text.slice(0, 200)}`;
}
