/** Makes a session of a request: checks it, resolves its card, refuses what the real service refuses. */
import { Inject, Injectable } from '@nestjs/common';
import { encodeId, newUuidV4, newUuidV7, Pan, passesLuhn, randomBytes, schemeOfDigits, type Clock } from '@app/kernel';
import { behaviourOf, TEST_CARDS } from '../cards/card-table';
import { CLOCK } from '../config';
import type { UpstreamAccount } from './account';
import { refusal } from './answer';
import { textOf, type Channel, type Json, type UpstreamSession } from './session';
import { hasChannelData, requestFaults } from './session-request';
import { UpstreamSessionStore } from './session.store';

const COBADGED: ReadonlySet<string> = new Set(
  TEST_CARDS.filter(({ scheme }) => scheme === 'cartes_bancaires').map(({ number }) => number),
);
/** A JWE in compact form has five parts (RFC 7516 section 7.1); anything else no directory server could read. */
const COMPACT_JWE = /^[\w-]*(\.[\w-]*){4}$/;

/** New sessions, not stored yet. */
@Injectable()
export class SessionFactory {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly sessions: UpstreamSessionStore,
  ) {}

  /** Throws a `Refusal`: 422 for what is malformed, 403 for cards that cannot take part. */
  make(account: UpstreamAccount, request: Json): UpstreamSession {
    const faults = [...requestFaults(request)];
    if (account.requiresProcessingChannel && request['processing_channel_id'] === undefined) {
      faults.push('processing_channel_id_required');
    }
    if (faults.length > 0) throw refusal(422, ...faults);
    const number = this.numberOf(account, request['source'] as Json);
    const eciSeries = schemeOfDigits(number);
    if (eciSeries === null || eciSeries === 'cartes_bancaires') throw refusal(403, 'scheme_not_supported');
    const behaviour = behaviourOf(number);
    if (behaviour.status === 'error') throw refusal(403, behaviour.reason ?? 'card_not_enrolled');

    const now = this.clock.now();
    const completion = request['completion'] as Json;
    const instrument = this.sessions.instrumentOf(account.clientId, number);
    const session: UpstreamSession = {
      id: encodeId('session', newUuidV7(now)),
      secret: `sek_${randomBytes(32).toString('base64')}`,
      clientId: account.clientId,
      transactionId: newUuidV4(),
      dsTransactionId: newUuidV4(),
      acsTransactionId: newUuidV4(),
      createdAt: now,
      scheme: schemeOf(number, request['source'] as Json) ?? eciSeries,
      eciSeries,
      behaviour,
      lastFour: number.slice(-4),
      instrumentId: instrument.id,
      fingerprint: instrument.fingerprint,
      request: maskRequest(request),
      hosted: completion['type'] === 'hosted',
      updates: [],
      channel: null,
      hasChannelData: false,
      readableAppData: false,
      methodCompletion: null,
      outcome: { status: 'pending' },
      completed: false,
      busy: false,
    };
    const data = request['channel_data'];
    if (hasChannelData(data)) {
      if (session.hosted && data['channel'] === 'app') throw refusal(403, 'hosted_not_supported_for_app');
      giveChannelData(session, data);
    } else if (data !== undefined) {
      session.channel = channelOf(data as Json);
    }
    return session;
  }

  private numberOf(account: UpstreamAccount, source: Json): string {
    const { type = 'card', number, id, token } = source;
    switch (type) {
      case 'id':
        return this.sessions.numberOf(account.clientId, String(id)) ?? fail('error_getting_instrument');
      case 'token':
        return this.sessions.numberOf(account.clientId, String(token)) ?? fail('invalid_token');
      default: {
        const digits = String(type === 'network_token' ? token : number);
        const field = type === 'network_token' ? 'source_token_invalid' : 'source_number_invalid';
        return passesLuhn(digits) ? digits : fail(field);
      }
    }
  }
}

/** Notes device data on a session. `U` at creation means that the 3DS Method is still to come (sessions-api.md section 7). */
export function giveChannelData(session: UpstreamSession, data: Json): void {
  session.channel = channelOf(data);
  session.hasChannelData = true;
  session.readableAppData = COMPACT_JWE.test(textOf(data['sdk_encrypted_data']));
  const completion = textOf(data['three_ds_method_completion']).toUpperCase();
  if (completion === 'Y' || completion === 'N') session.methodCompletion = completion;
}

function channelOf(data: Json): Channel {
  const channel = data['channel'];
  return channel === 'app' || channel === 'merchant_initiated' ? channel : 'browser';
}

function schemeOf(number: string, source: Json): UpstreamSession['scheme'] | null {
  const wanted = source['scheme'];
  if (!COBADGED.has(number)) return null;
  return wanted === undefined || wanted === 'cartes_bancaires' ? 'cartes_bancaires' : null;
}

function fail(code: string): never {
  throw refusal(422, code);
}

/** The request as it may be kept and shown. */
function maskRequest(request: Json): Json {
  const source = { ...(request['source'] as Json) };
  for (const name of ['number', 'token']) {
    const value = source[name];
    if (typeof value === 'string' && /^\d{9,19}$/.test(value)) source[name] = Pan.fromTrusted(value).masked();
  }
  return { ...request, source };
}
