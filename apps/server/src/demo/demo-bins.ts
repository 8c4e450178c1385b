import { CardBins, type BinEntry } from '@app/cards';
import type { CardType } from '@app/kernel';
import { DEMO_HISTORY_BINS } from '@app/sessions';
import { Injectable } from '@nestjs/common';

/** Made-up issuers of the simulator's cards: the beginnings of their numbers (sessions-api.md section 10). */
const SANDBOX: readonly (readonly [issuer: string, country: string, cardType: CardType, prefixes: string])[] = [
  ['Sandbox Bank', 'GB', 'credit', '424242 424375 427576 444733 445292 448407 487052 512107 523410 525890 525941'],
  ['Sandbox Savings', 'DE', 'debit', '402400 415286 448504 448559 453243 529114 530996 535215 538530 542458 548448'],
  ['Sandbox Prepaid', 'US', 'prepaid', '453962 453992 455608 455657 482028 551883 555846 556975 557240 558868 559606'],
  ['Banque du bac à sable', 'FR', 'debit', '401005 401006 415056 430948 431986 513256 513721 517732 534103 556694'],
  ['Sandbox Express', 'US', 'charge', '340282 343397 345678 346126 347411 371064 372310 372688 375982 378282'],
  ['Sandbox Travel', 'JP', 'charge', '352868 352898 353011 361389 367478'],
];

export const SANDBOX_BINS: readonly BinEntry[] = SANDBOX.flatMap(([issuer, issuerCountry, cardType, prefixes]) =>
  prefixes.split(' ').map((prefix) => ({ prefix, issuer, issuerCountry, cardType })),
);

/** Gives the demo a table of BINs: whose the simulator's cards are, and those of the demo's past. */
@Injectable()
export class DemoBins {
  constructor(private readonly bins: CardBins) {}

  /** Where there is one already it stays: somebody may have loaded their own. */
  async ensure(): Promise<void> {
    const present = (await this.bins.tally()).find(({ environment }) => environment === 'test');
    if (present?.entries === 0) await this.bins.replaceTable('test', [...SANDBOX_BINS, ...DEMO_HISTORY_BINS]);
    // The demo's past is stored as it is, and nobody makes its sessions.
    for (const { prefix } of DEMO_HISTORY_BINS) await this.bins.see('test', prefix);
  }
}
