import { duration } from '../format/time';
import { ApiError } from './api-error';

/** An error in words for the operator. */
export interface Explanation {
  readonly title: string;
  readonly detail: string;
  /** To be quoted when somebody is asked for help. */
  readonly requestId: string | null;
}

type Words = readonly [title: string, detail: string];

/** What has an own explanation, by its code. */
const BY_CODE: Readonly<Record<string, Words>> = {
  unreachable: ['The server cannot be reached', 'Check your connection. Nothing is lost; try again in a moment.'],
  card_number_in_address: [
    'That looks like a card number',
    'It was not sent, as addresses are written down. Search by BIN and last four.',
  ],
  answer_not_understood: [
    'The answer was not understood',
    'Something between this page and the server answered instead of it.',
  ],
  changed_meanwhile: ['Somebody else was faster', 'It changed in the meantime. What you see now is its present state.'],
  idempotency_key_in_use: ['It is being done', 'The same request is under way. Look in a moment what came of it.'],
  idempotency_key_reused: [
    'It may have been done already',
    'A first try was sent with other words, and its answer was lost. Look what came of it, then begin anew.',
  ],
  idempotent_answer_gone: [
    'It was done before',
    'A first try was done, and its answer was lost; what is told once is not told again. Look for it, and replace the secret.',
  ],
  permission_missing: ['Not for your role', 'Your role does not let you do this.'],
  merchant_scope_insufficient: [
    'Not for your merchants',
    'This concerns the whole installation; you have some merchants only.',
  ],
  csrf_token_invalid: ['This page is out of date', 'Load it again, then try once more.'],
  upstream_client_refused: ['The upstream refuses client id and secret', 'Nothing was stored. Check them there.'],
  upstream_scope_refused: ['The upstream does not grant these scopes', 'Nothing was stored. Check them there.'],
  upstream_unreachable: ['The upstream cannot be reached', 'Nothing was stored. Check the addresses, or try again.'],
  upstream_answer_invalid: ['The upstream’s answer was not understood', 'Nothing was stored. Check the addresses.'],
  connector_account_exists: [
    'There is an active account already',
    'A merchant has one of each upstream and environment. Disable that one first.',
  ],
  webhook_keys_full: ['Two keys are in use', 'Retire the older one first.'],
  access_key_ends: ['This key ends already', 'Rotate the one that takes its place.'],
  email_taken: ['Somebody has this address', 'An operator with this e-mail address is there already.'],
  not_on_yourself: ['Not on yourself', 'Another administrator has to do this.'],
  last_administrator: [
    'The last administrator',
    'Nobody else is an active administrator of all merchants. Make somebody one first.',
  ],
  grant_exceeds_own: ['More than you have', 'Give merchants of your own scope only.'],
  filter_too_broad: ['Too many at once', 'The filter finds more than 10,000. Narrow it.'],
  report_too_large: ['Too much for one report', 'It was ended after 20 s. Ask for a shorter window, or narrow it.'],
  reports_busy: ['Other reports are being counted', 'This one found no turn. Try again shortly.'],
  simulator_unreachable: ['The simulator does not answer', 'It has stopped, or is busy. Try again in a moment.'],
  card_not_enrolled: ['The card is turned away', 'It is one of those that no directory server knows.'],
  issuer_not_enrolled: ['The card is turned away', 'Its issuer takes no part.'],
  access_key_missing: ['The merchant has no access key', 'Issue one of the test environment, then try again.'],
  merchant_suspended: ['The merchant is suspended', 'Nothing new is begun for it.'],
  after_invalid: ['This page of the list is gone', 'Go back to its beginning.'],
};

/** What a status says where no code says more. */
const BY_STATUS: Readonly<Record<number, Words>> = {
  401: ['You are signed out', 'Sign in again to go on.'],
  403: ['Not allowed', 'A rule or the present state forbids this.'],
  404: ['Not found', 'There is no such thing, or it belongs to a merchant outside your scope.'],
  409: ['Somebody else was faster', 'It changed in the meantime.'],
  413: ['Too much at once', 'The request is larger than the server takes.'],
  422: ['The server does not take this', 'A value does not have the form that it must have.'],
  429: ['Too many requests', 'Wait a little, then try again.'],
  501: ['Not in this version', 'The server does not do this yet.'],
  503: ['The server is busy', 'It takes no requests at the moment. Try again shortly.'],
};

const UNKNOWN: Words = ['Something went wrong', 'The server failed to answer. Trying again may help.'];

/** What is worth asking again without a word: nobody answered, or nobody had time. What is too much stays so. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && [0, 503].includes(error.status) && !error.has('report_too_large');
}

/** What went wrong and what to do, never the words of a machine. */
export function explain(error: unknown): Explanation {
  if (!(error instanceof ApiError))
    return { title: 'Something went wrong', detail: 'The page failed. Load it again.', requestId: null };
  const words = error.codes.map((code) => BY_CODE[code]).find((found) => found !== undefined);
  const [title, detail] = words ?? fieldWords(error) ?? BY_STATUS[error.status] ?? UNKNOWN;
  const wait = error.retryAfterSeconds === null ? '' : ` In ${duration(error.retryAfterSeconds * 1000)} it may work.`;
  return { title, detail: detail + wait, requestId: error.requestId };
}

/** For a line below what failed: title and detail in one. */
export function sentence(error: unknown): string {
  const { title, detail } = explain(error);
  return `${title}. ${detail}`;
}

/** Every failing field has a code, `{field}_required` or `{field}_invalid`. */
function fieldWords({ status, codes }: ApiError): Words | null {
  if (status !== 422 || codes.length === 0) return null;
  const fields = codes.map((code) => fieldIn(code));
  return ['Something has to be mended', fields.join(' ')];
}

/** What a screen calls a field that the server calls by another name. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  api_base_url: 'API address',
  api_url: 'API address',
  token_url: 'Token address',
  upstream_scopes: 'Scopes',
  upstream_channel_id: 'Processing channel there',
  upstream_processing_channel_id: 'Processing channel there',
  expires_at: 'The day',
};

function fieldIn(code: string): string {
  const [, field = code, problem] = /^(?:filter_)?(.+)_(required|invalid)$/.exec(code) ?? [];
  const name = field.replaceAll('_', ' ');
  const subject = FIELD_NAMES[field] ?? name.charAt(0).toUpperCase() + name.slice(1);
  return problem === 'required' ? `${subject} is missing.` : `${subject} does not have the right form.`;
}
