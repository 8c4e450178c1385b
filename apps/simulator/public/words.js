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

const SHIFT = { yes: 'To the issuer', no: 'Stays with the merchant', maybe: 'Usually to the issuer' };

/** status -> what it means: tone, title, text, liability. */
const VERDICTS = {
  approved: {
    tone: 'good',
    title: 'Authenticated. The bank vouches for the cardholder.',
    text: 'Send the payment for authorisation with the cryptogram and ECI.',
    shift: SHIFT.yes,
  },
  attempted: {
    tone: 'good',
    title: 'Attempt proved. The bank could not check, the scheme stood in.',
    text: 'Send the payment for authorisation with the cryptogram and ECI.',
    shift: SHIFT.maybe,
  },
  declined: {
    tone: 'bad',
    title: 'Not authenticated. The bank said no.',
    text: 'Do not go ahead with this card. Offer another way to pay.',
    shift: SHIFT.no,
  },
  rejected: {
    tone: 'bad',
    title: 'Rejected. The bank asks you not to try.',
    text: 'Do not send this payment for authorisation.',
    shift: SHIFT.no,
  },
  unavailable: {
    tone: 'warn',
    title: 'Nobody could decide. Something technical went wrong.',
    text: 'You may go ahead at your own risk, or ask for another card.',
    shift: SHIFT.no,
  },
  challenge_abandoned: {
    tone: 'warn',
    title: 'The cardholder left the challenge.',
    text: 'Nothing was proved. Offer to try again.',
    shift: SHIFT.no,
  },
  expired: {
    tone: 'warn',
    title: 'The session ran out of time.',
    text: 'Open a new one to try again.',
    shift: SHIFT.no,
  },
};

const INFORMATIONAL = {
  tone: 'warn',
  title: 'Shared with the bank, for information only.',
  text: 'No authentication took place. You may go ahead at your own risk.',
  shift: SHIFT.no,
};

/** The verdict on a final session. */
export function verdictOf(session) {
  if (session.response_code === 'I') return INFORMATIONAL;
  return (
    VERDICTS[session.status] ?? {
      tone: 'warn',
      title: `The session ended as “${session.status}”.`,
      text: 'This page does not know that status.',
      shift: SHIFT.no,
    }
  );
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
  '01': 'card authentication failed',
  '06': 'invalid card number',
  '07': 'invalid transaction',
  11: 'suspected fraud',
  13: 'cardholder not enrolled',
  14: 'timed out at the bank',
  19: 'too many wrong passwords',
  22: 'technical issue at the bank',
  26: 'not performed by the cardholder',
};

export const STATUS_REASONS = {
  ares_error: 'no usable answer to the request',
  rreq_error: 'the challenge’s result was unusable',
  ares_status: 'the bank’s answer',
  rreq_status: 'the challenge’s result',
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
