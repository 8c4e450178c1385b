/** Every word that depends on an outcome: statuses, reasons, errors and step titles. */

export const SCHEME_NAMES = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'Amex',
  cartes_bancaires: 'CB',
  jcb: 'JCB',
  diners: 'Diners',
  discover: 'Discover',
};

/** How a merchant’s payments are authenticated. */
export const CONNECTORS = {
  emv3ds: 'our own 3DS Server',
  checkout: 'the Checkout.com connector',
};

/** The steps in their order, with what each one is for. */
export const STEPS = [
  ['create', 'Open a session', 'The shop’s backend sends card and amount.'],
  ['method', '3DS Method', 'The bank looks at the browser in a hidden frame.'],
  ['collect', 'Authenticate', 'Browser data goes in; the request goes to the directory server and the bank.'],
  ['challenge', 'Challenge', 'The bank asks the cardholder for a password.'],
  ['result', 'Read the result', 'The shop asks the API. It never believes the browser.'],
  ['complete', 'Complete', 'The shop closes the session, which triggers the callback.'],
  ['callback', 'Callback', 'The merchant’s server hears the result, signed.'],
];

/** What the API's verdict says, in the page's words. */
export const LIABILITY = { yes: 'With the bank', no: 'With the merchant', unknown: 'Unknown' };
export const DECIDERS = {
  issuer: 'The bank',
  directory_server: 'The scheme',
  cardholder: 'The cardholder',
  nobody: 'Nobody',
};

/** status -> the headline: what to do, and why in short. The sentence below it is the API's own. */
const HEADLINES = {
  approved: ['good', 'Go ahead: the bank vouches for the cardholder.'],
  attempted: ['good', 'Go ahead: the attempt is proved.'],
  declined: ['bad', 'Stop: the bank said no.'],
  rejected: ['bad', 'Stop: the bank asks you not to try.'],
  unavailable: ['warn', 'Your call: nobody could decide.'],
  challenge_abandoned: ['warn', 'Try again: nothing was proved.'],
  expired: ['warn', 'Start again: the session ran out of time.'],
};
const SHARED = ['warn', 'Your call: the data was shared, nothing was proved.'];

/** Tone and headline of a final session. */
export function headlineOf(session) {
  if (session.response_code === 'I') return SHARED;
  return HEADLINES[session.status] ?? ['warn', `The session ended as “${session.status}”.`];
}

const ERRORS = {
  card_not_enrolled: [
    'This card does not take part in 3-D Secure.',
    'The session was refused (card_not_enrolled). You may send the payment without authentication, at your own risk.',
  ],
  issuer_not_enrolled: [
    'This card’s bank does not take part in 3-D Secure.',
    'The session was refused (issuer_not_enrolled). You may send the payment without authentication, at your own risk.',
  ],
  scheme_not_supported: [
    'This merchant does not accept this brand.',
    'The session was refused (scheme_not_supported). Choose another card, or another brand on this one.',
  ],
  unauthorized: ['The shop’s credentials were refused.', 'Restart the server, or look at demo.json.'],
  shop_not_connected: ['The shop has no server yet.', 'Start the server in demo mode, then try again.'],
  api_unreachable: ['The Sessions API does not answer.', 'Is the server running? Start it and try again.'],
  number_invalid: ['This is not a card number.', 'Check the digits: the last one does not fit the others.'],
  session_callback_failed: [
    'The merchant’s server refused the callback.',
    'The result stands. The callback will be tried again.',
  ],
};

/** Title and text for error codes, the first known one first. */
export function errorWords(codes, fallback) {
  const known = codes.find((code) => code in ERRORS);
  if (known) return ERRORS[known];
  return [fallback ?? 'The session was refused.', codes.length > 0 ? `Code: ${codes.join(', ')}` : ''];
}

export const REASONS = {
  '01': 'Card authentication failed',
  '06': 'Invalid card number',
  '07': 'Invalid transaction',
  11: 'Suspected fraud',
  13: 'Cardholder not enrolled',
  14: 'Timed out at the bank',
  19: 'Too many wrong passwords',
  22: 'Technical issue at the bank',
  26: 'Not performed by the cardholder',
};

export const CANCELLED = {
  cardholder_cancel: 'By the cardholder',
  transaction_timed_out: 'The cardholder took too long',
  challenge_timed_out: 'The challenge was never opened',
  transaction_error: 'By an error in the challenge',
};

export const STATUS_REASONS = {
  ares_error: 'No usable answer to the request',
  rreq_error: 'The challenge’s result was unusable',
  ares_status: 'The bank’s answer',
  rreq_status: 'The challenge’s result',
};

/** The group under which a test card is listed. */
export function groupOf(card) {
  if (card.reason === 'card_not_enrolled') return 'Card not enrolled';
  if (card.reason === 'issuer_not_enrolled') return 'Bank not enrolled';
  const outcome = {
    approved: 'approved',
    attempted: 'attempted',
    declined: 'declined',
    rejected: 'rejected',
    unavailable: card.reason ? 'communication error' : 'unavailable',
  }[card.status];
  return card.flow === 'challenge'
    ? `Challenge, then ${outcome}`
    : `${outcome[0].toUpperCase()}${outcome.slice(1)} at once`;
}

export const toneOf = (card) =>
  ({ approved: 'good', attempted: 'good', declined: 'bad', rejected: 'bad' })[card.status] ?? 'warn';
