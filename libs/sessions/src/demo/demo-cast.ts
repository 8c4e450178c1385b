/** Who takes part in the demo's history: made-up merchants, issuers and their incidents. */
import type { Scheme } from '@app/kernel';

/** A merchant of the demo's history. Nobody has credentials of it: it is there to be looked at. Fixed ids (UUIDs). */
export interface DemoHistoryMerchant {
  readonly name: string;
  readonly slug: string;
  readonly merchantId: string;
  readonly channelId: string;
  readonly accessKeyId: string;
  /** The connectors of its route, in order. */
  readonly connectors: readonly ('emv3ds' | 'checkout')[];
  /** Share of all sessions. */
  readonly weight: number;
  readonly currencies: readonly (readonly [currency: string, weight: number])[];
  /** In major units. */
  readonly amounts: readonly [least: number, most: number];
}

const idOf = (kind: string, number: number): string => `01900000-0000-7000-8000-000000${kind}00${number}`;
const idsOf = (number: number): Pick<DemoHistoryMerchant, 'merchantId' | 'channelId' | 'accessKeyId'> => ({
  merchantId: idOf('5ed', number),
  channelId: idOf('5ec', number),
  accessKeyId: idOf('5ea', number),
});

export const DEMO_HISTORY_MERCHANTS: readonly DemoHistoryMerchant[] = [
  {
    name: 'Demo: Alpine Outfitters',
    slug: 'alpine-outfitters',
    ...idsOf(1),
    connectors: ['emv3ds'],
    weight: 4,
    currencies: [
      ['CHF', 3],
      ['EUR', 2],
    ],
    amounts: [25, 420],
  },
  {
    name: 'Demo: Boulevard Books',
    slug: 'boulevard-books',
    ...idsOf(2),
    connectors: ['emv3ds'],
    weight: 3,
    currencies: [['EUR', 1]],
    amounts: [8, 90],
  },
  {
    name: 'Demo: Coral Airways',
    slug: 'coral-airways',
    ...idsOf(3),
    connectors: ['checkout', 'emv3ds'],
    weight: 2,
    currencies: [
      ['GBP', 3],
      ['USD', 1],
    ],
    amounts: [60, 1_900],
  },
  {
    name: 'Demo: Dojo Games',
    slug: 'dojo-games',
    ...idsOf(4),
    connectors: ['checkout'],
    weight: 3,
    currencies: [
      ['JPY', 2],
      ['USD', 3],
    ],
    amounts: [5, 70],
  },
];

const HISTORY_MERCHANT_IDS: ReadonlySet<string> = new Set(DEMO_HISTORY_MERCHANTS.map(({ merchantId }) => merchantId));

/** Whether a session of this merchant (UUID) was made up for the demo. */
export function isDemoHistory(merchantId: string): boolean {
  return HISTORY_MERCHANT_IDS.has(merchantId);
}

/** An issuer as the demo's cardholders meet it. */
export interface DemoIssuer {
  readonly name: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly scheme: Scheme;
  /** As much as is kept of a card number: eight digits, or six where numbers are shorter than sixteen. */
  readonly bin: string;
  /** Digits of a card number. */
  readonly digits: number;
  readonly acsReference: string;
  readonly operatorId: string;
  readonly hasMethod: boolean;
  readonly weight: number;
  /** Of its answers: how many ask for a challenge. */
  readonly challengeShare: number;
  /** Of its challenges that came to an end: how many the cardholder passes. */
  readonly passShare: number;
}

const acs = (number: number): Pick<DemoIssuer, 'acsReference' | 'operatorId'> => ({
  acsReference: `3DS_LOA_ACS_DEMO_020200_0000${number}`,
  operatorId: `DEMO-ACS-${number}`,
});
const NORTHBANK = { name: 'Northbank', country: 'GB', ...acs(1), hasMethod: true };
const HARBOUR = { name: 'Harbour Credit', country: 'IE', ...acs(2), hasMethod: false };
const LUMEN = { name: 'Banque Lumen', country: 'FR', ...acs(3), hasMethod: true };

export const DEMO_ISSUERS: readonly DemoIssuer[] = [
  { ...NORTHBANK, scheme: 'visa', bin: '40009901', digits: 16, weight: 7, challengeShare: 0.24, passShare: 0.9 },
  { ...HARBOUR, scheme: 'visa', bin: '40009902', digits: 16, weight: 5, challengeShare: 0.4, passShare: 0.72 },
  { ...NORTHBANK, scheme: 'mastercard', bin: '52009901', digits: 16, weight: 6, challengeShare: 0.2, passShare: 0.91 },
  { ...HARBOUR, scheme: 'mastercard', bin: '52009902', digits: 16, weight: 4, challengeShare: 0.35, passShare: 0.78 },
  {
    ...LUMEN,
    scheme: 'cartes_bancaires',
    bin: '40009903',
    digits: 16,
    weight: 3,
    challengeShare: 0.5,
    passShare: 0.84,
  },
  { ...HARBOUR, scheme: 'amex', bin: '370099', digits: 15, weight: 2, challengeShare: 0.15, passShare: 0.93 },
  { ...LUMEN, scheme: 'jcb', bin: '35309901', digits: 16, weight: 1.5, challengeShare: 0.3, passShare: 0.8 },
  { ...LUMEN, scheme: 'diners', bin: '360099', digits: 14, weight: 0.7, challengeShare: 0.3, passShare: 0.75 },
  { ...NORTHBANK, scheme: 'discover', bin: '60119901', digits: 16, weight: 0.8, challengeShare: 0.25, passShare: 0.86 },
];

/** Something that went wrong for some hours, as many days before the present as it says (UTC). */
interface Incident {
  readonly daysAgo: number;
  readonly hours: readonly [from: number, to: number];
}

/** One access control server does not answer in time, one afternoon. */
export const ACS_INCIDENT: Incident & { readonly operatorId: string } = {
  daysAgo: 6,
  hours: [13, 17],
  operatorId: NORTHBANK.operatorId,
};

/** The upstream of one merchant is away; its route takes the next connector. */
export const UPSTREAM_OUTAGE: Incident & { readonly slug: string } = {
  daysAgo: 11,
  hours: [8, 13],
  slug: 'coral-airways',
};

/** The callback endpoint of one merchant answers 503 for days: what ended in these hours was given up. */
export const CALLBACK_OUTAGE: Incident & { readonly slug: string } = {
  daysAgo: 9,
  hours: [15, 20],
  slug: 'dojo-games',
};

const DAY_MS = 86_400_000;

/** Whether `at` lies in an incident, seen from `now`. */
export function isDuring({ daysAgo, hours: [from, to] }: Incident, at: Date, now: Date): boolean {
  const isTheDay = Math.floor(at.getTime() / DAY_MS) === Math.floor(now.getTime() / DAY_MS) - daysAgo;
  return isTheDay && at.getUTCHours() >= from && at.getUTCHours() < to;
}
