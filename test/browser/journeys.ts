/** The ways of a payment through the demo shop: what the cardholder does, what the page shows, what the API keeps. */
import type { BrowserContextOptions } from 'playwright-core';
import type { Ending } from '../support/browser';
import { PASSWORD, type Deed } from '../support/cardholder';

/** A card that is approved at once. */
export const FRICTIONLESS = '4485040371536584';
/** A card that is approved after a challenge. */
export const CHALLENGED = '4242424242424242';
const RIGHT: Deed = { password: PASSWORD };
const WRONG: Deed = { password: 'guess' };

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** The steps of a payment without a challenge, with their last states. */
export const STEPS = {
  create: 'done',
  method: 'done',
  collect: 'done',
  challenge: 'skipped',
  result: 'done',
  complete: 'done',
  callback: 'done',
};

/** The same with a challenge. */
export const WITH_CHALLENGE = { ...STEPS, challenge: 'done' };

export interface Journey {
  name: string;
  card: string;
  scheme?: string;
  deeds?: Deed[];
  shows: Partial<Ending>;
  keeps: Record<string, unknown>;
  options?: BrowserContextOptions;
}

/** What the page says of an approval. */
export const APPROVED = {
  status: 'approved',
  headline: 'Go ahead: the bank vouches for the cardholder.',
  tone: 'good',
};

/** All of them; a `name` is the name of a test and of its pictures. */
export const JOURNEYS: Journey[] = [
  {
    name: 'approves a card at once',
    card: FRICTIONLESS,
    shows: { ...APPROVED, steps: STEPS },
    keeps: { approved: true, response_code: 'Y', eci: '05', flow_type: 'frictionless', scheme: 'visa' },
  },
  {
    name: 'approves after the right password',
    card: CHALLENGED,
    deeds: [RIGHT],
    shows: { ...APPROVED, steps: WITH_CHALLENGE },
    keeps: { approved: true, response_code: 'Y', flow_type: 'challenged', challenged: true },
  },
  {
    name: 'approves after one wrong password and the right one',
    card: CHALLENGED,
    deeds: [WRONG, RIGHT],
    shows: { ...APPROVED, steps: WITH_CHALLENGE },
    keeps: { approved: true, '3ds': expect.objectContaining({ interaction_counter: '02' }) as unknown },
  },
  {
    name: 'calls a cancelled challenge abandoned',
    card: CHALLENGED,
    deeds: ['cancel'],
    shows: {
      status: 'challenge_abandoned',
      headline: 'Try again: nothing was proved.',
      tone: 'warn',
      steps: WITH_CHALLENGE,
      facts: expect.objectContaining({ 'Decided by': 'The cardholder', Cancelled: 'By the cardholder' }) as Record<
        string,
        string
      >,
    },
    keeps: {
      approved: false,
      acs: expect.objectContaining({ challenge_cancel_reason: 'cardholder_cancel' }) as unknown,
    },
  },
  {
    name: 'declines after three wrong passwords',
    card: CHALLENGED,
    deeds: [WRONG, WRONG, WRONG],
    shows: { status: 'declined', headline: 'Stop: the bank said no.', tone: 'bad', steps: WITH_CHALLENGE },
    keeps: { approved: false, response_code: 'N', response_status_reason: '19' },
  },
  {
    name: 'goes on without a 3DS Method where the issuer has none',
    card: '4556085951507152',
    shows: { ...APPROVED, steps: { ...STEPS, method: 'skipped' } },
    keeps: { approved: true },
  },
  {
    name: 'tells a rejection from a decline',
    card: '4275765574319271',
    shows: { status: 'rejected', headline: 'Stop: the bank asks you not to try.', tone: 'bad', steps: STEPS },
    keeps: { approved: false, response_code: 'R' },
  },
  {
    name: 'blames nobody when the directory server fails',
    card: '4452927588210665',
    shows: { status: 'unavailable', headline: 'Your call: nobody could decide.', tone: 'warn', steps: STEPS },
    keeps: { approved: false, response_code: 'U', status_reason: 'ares_error' },
  },
  {
    name: 'pays by Cartes Bancaires with a co-badged card',
    card: '4010056200000018',
    shows: { ...APPROVED, steps: STEPS },
    keeps: { approved: true, scheme: 'cartes_bancaires' },
  },
  {
    name: 'pays by the other brand of a co-badged card when the cardholder wants',
    card: '4010056200000018',
    scheme: 'visa',
    shows: { ...APPROVED, steps: STEPS },
    keeps: { approved: true, scheme: 'visa' },
  },
  {
    name: 'fits a phone',
    card: CHALLENGED,
    deeds: [WRONG, RIGHT],
    shows: { ...APPROVED, steps: WITH_CHALLENGE },
    keeps: { approved: true },
    options: PHONE,
  },
  {
    name: 'follows the dark scheme',
    card: CHALLENGED,
    deeds: [RIGHT],
    shows: { ...APPROVED, steps: WITH_CHALLENGE },
    keeps: { approved: true },
    options: { colorScheme: 'dark' },
  },
  {
    name: 'shows bad news in the dark too',
    card: CHALLENGED,
    deeds: ['cancel'],
    shows: { status: 'challenge_abandoned', steps: WITH_CHALLENGE },
    keeps: { approved: false },
    options: { ...PHONE, colorScheme: 'dark' },
  },
];
