/** Control requests about accounts, instruments and settlements, read and checked. */
import { passesLuhn } from '@app/kernel';
import type { FieldReader } from '../control/field-reader';
import { ACCOUNT_DEFAULTS, type UpstreamAccount, type WebhookTarget } from './account';
import type { UpstreamStatus } from './session';

const YEAR_SECONDS = 366 * 24 * 60 * 60;

/** What control may set a session to. */
const SETTLEMENTS = [
  'processing',
  'approved',
  'attempted',
  'declined',
  'rejected',
  'unavailable',
  'challenge_abandoned',
  'expired',
] as const satisfies readonly UpstreamStatus[];
export type Settlement = (typeof SETTLEMENTS)[number];

/** Reads an account; members left out have their defaults. What is wrong is left with the reader. */
export function readAccount(reader: FieldReader, clientId: string): UpstreamAccount {
  reader.only(
    ...['clientId', 'clientSecret', 'clientSecrets', 'scopes', 'expiresIn', 'tokenLife', 'tokenFormat'],
    ...['requiresProcessingChannel', 'webhook'],
  );
  const one = reader.text('clientSecret', null);
  const clientSecrets = reader.texts('clientSecrets', one === null ? null : [one]);
  if (clientSecrets === null) reader.require('clientSecret');
  const defaults = ACCOUNT_DEFAULTS;
  return {
    clientId,
    clientSecrets: clientSecrets ?? [],
    scopes: reader.texts('scopes', defaults.scopes),
    expiresIn: reader.integer('expiresIn', [1, YEAR_SECONDS], defaults.expiresIn),
    tokenLife: reader.integer('tokenLife', [0, YEAR_SECONDS], defaults.tokenLife),
    tokenFormat: reader.oneOf('tokenFormat', ['opaque', 'jwt'] as const, defaults.tokenFormat),
    requiresProcessingChannel: reader.flag('requiresProcessingChannel', defaults.requiresProcessingChannel),
    webhook: readWebhook(reader.object('webhook')),
  };
}

/** Reads `{number}`. */
export function readInstrument(reader: FieldReader): string {
  reader.only('number');
  reader.require('number');
  const number = reader.text('number', '');
  if (number !== '' && !(/^\d{13,19}$/.test(number) && passesLuhn(number))) reader.refuse('number');
  return number;
}

/** Reads `{status}`. */
export function readSettlement(reader: FieldReader): Settlement {
  reader.only('status');
  reader.require('status');
  return reader.oneOf('status', SETTLEMENTS, 'unavailable');
}

function readWebhook(reader: FieldReader | null): WebhookTarget | null {
  if (!reader) return null;
  reader.only('url', 'key', 'authorization');
  reader.require('url');
  return {
    url: reader.url('url', ''),
    key: reader.text('key', null),
    authorization: reader.text('authorization', null),
  };
}
