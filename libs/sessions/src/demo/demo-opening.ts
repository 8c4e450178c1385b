/** How each of the demo's sessions begins. Pure. */
import { DIRECTORY_SERVER_RID, directoryServerOf, encodeId } from '@app/kernel';
import type { Change } from '../domain/changes';
import { openSession, type CreateSession, type Planned } from '../domain/new-session';
import type { Chance } from './chance';
import type { DemoIssuer } from './demo-cast';
import type { PlannedSession } from './demo-plan';

/** So long a session of the demo may take. */
export const SESSION_MINUTES = 30;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** The first change of a planned session: its merchant asks for it, and it is planned which way it goes. */
export function openDemo(
  { id, at, number, merchant }: PlannedSession,
  issuer: DemoIssuer,
  chance: Chance,
  isHosted: boolean,
): Change {
  const [least, most] = merchant.amounts;
  const currency = chance.weighted(merchant.currencies);
  // Small purchases are the most; without minor digits the same purchase has as many.
  const major = least + (most - least) * chance.next() ** 2;
  const command: CreateSession = {
    channelId: merchant.channelId,
    // There is no card behind it: what is kept of one is given beside.
    source: { kind: 'id', reference: 'none', stored: false },
    keepsCard: false,
    amountMinor: Math.round(major * 100),
    currency,
    reference: `demo-${merchant.slug}-${number}`,
    details: {
      source: { kind: 'card', stored: false },
      purchase: {
        authenticationType: 'regular',
        authenticationCategory: 'payment',
        challengeIndicator: 'no_preference',
        transactionType: 'goods_service',
      },
      echo: {},
    },
    device: null,
    methodCompletion: null,
    callbackUrl: `https://${merchant.slug}.example/3ds/callbacks`,
    challengeNotificationUrl: isHosted ? null : `https://${merchant.slug}.example/3ds/challenged`,
    returnUrls: isHosted
      ? { success: `https://${merchant.slug}.example/paid`, failure: `https://${merchant.slug}.example/not-paid` }
      : null,
  };
  const connector = merchant.connectors[0] ?? 'emv3ds';
  const context = {
    id,
    at,
    merchantId: merchant.merchantId,
    environment: 'test',
    accessKeyId: merchant.accessKeyId,
    actor: encodeId('accessKey', merchant.accessKeyId),
    channelId: merchant.channelId,
    connector,
    sessionMinutes: SESSION_MINUTES,
    cardRetentionMinutes: 60,
    scopeChannel: null,
    // Nobody has the secret: this is the hash of none, and nothing is sealed.
    secretHash: Buffer.from(chance.hex(64), 'hex'),
    secretSealed: Buffer.alloc(0),
  } as const;
  const card = {
    bin: issuer.bin,
    lastFour: chance.text(4, '0123456789'),
    fingerprint: chance.text(26, BASE32),
    fingerprintKeyVersion: 1,
  };
  return openSession(command, context, planOf(issuer, connector, chance), card);
}

/** How a session of `issuer`'s card goes to it by a connector. */
export function planOf(issuer: DemoIssuer, connector: string, chance: Chance): Planned {
  return {
    outcome: 'planned',
    scheme: issuer.scheme,
    protocolVersion: '2.2.0',
    transactionId: chance.uuid(),
    ...(issuer.hasMethod ? { methodUrl: 'https://acs.example/method' } : {}),
    directoryServer: { id: DIRECTORY_SERVER_RID[directoryServerOf(issuer.scheme)] },
    ...(connector === 'checkout' ? { startsAt: 'creation' } : {}),
    state: {},
  };
}
