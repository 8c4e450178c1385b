/** A cardholder without a browser: opens the issuer's challenge page, fills its form, follows it back to the merchant. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Body } from './api';

const FIXTURE = resolve(__dirname, '../../apps/simulator/src/cards/test-cards.json');

/** One of the sandbox cards, with what becomes of it. */
export interface TestCard {
  number: string;
  scheme: string;
  flow: 'frictionless' | 'challenge' | 'none';
  status: string;
  reason?: string;
  methodUrl: boolean;
}

/** The sandbox cards and the password of their challenges. */
export const { challengePassword: PASSWORD, cards: CARDS } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as {
  challengePassword: string;
  cards: TestCard[];
};

/** Where the challenge ended: the address that the browser is sent to, and what it carries there. */
export interface ChallengeEnd {
  notificationUrl: string;
  cres: Body;
  /** The form as a browser would post it. */
  form: Record<string, string>;
}

export interface Form {
  action: string;
  fields: Record<string, string>;
}

/** What a cardholder does on the page: enters a password, or presses cancel. */
export type Deed = { password: string } | 'cancel';

/**
 * Plays a challenge: `deeds` in order, until the issuer sends the browser back. The CReq is the session's own.
 * Throws when the page shows something else than the documented form.
 */
export function playChallenge(session: Body, ...deeds: Deed[]): Promise<ChallengeEnd> {
  const creq = String(session['3ds']?.['challenge_request']);
  return playChallengeAt(String(session['acs']?.['url']), { creq }, ...deeds);
}

/** The same, with the form that a page posts to the issuer. */
export async function playChallengeAt(
  acsUrl: string,
  form: Record<string, string>,
  ...deeds: Deed[]
): Promise<ChallengeEnd> {
  let page = await post(acsUrl, form);
  for (const deed of deeds) {
    const { action, fields } = formIn(page, / id="challenge"/);
    const answer = deed === 'cancel' ? { otp: '', action: 'cancel' } : { otp: deed.password, action: 'submit' };
    page = await post(new URL(action, acsUrl).toString(), { ...fields, ...answer });
  }
  const { action, fields } = formIn(page, /name="cres"/);
  const cres = JSON.parse(Buffer.from(fields['cres'] ?? '', 'base64url').toString('utf8')) as Body;
  return { notificationUrl: action, cres, form: fields };
}

/** The browser's last step: the CRes reaches the notification address. Gives the status and the page. */
export async function returnToMerchant({
  notificationUrl,
  form,
}: ChallengeEnd): Promise<{ status: number; page: string }> {
  const response = await fetch(notificationUrl, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, page: await response.text() };
}

async function post(url: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return response.text();
}

/** The form of a page that has `mark` in it. */
export function formIn(page: string, mark: RegExp): Form {
  const form = page.match(/<form[\s\S]*?<\/form>/g)?.find((text) => mark.test(text));
  if (form === undefined) throw new Error(`No form with ${mark.source} on the page:\n${page}`);
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (name !== undefined) fields[name] = attribute(tag, 'value') ?? '';
  }
  return { action: attribute(/<form[^>]*>/.exec(form)?.[0] ?? '', 'action') ?? '', fields };
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replace(/&([#\w]+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}
