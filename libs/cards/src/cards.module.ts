import { Module } from '@nestjs/common';
import { CardBinsModule } from './card-bins.module';
import { CardStorage } from './card-storage.service';
import { CardTokens } from './card-tokens.service';
import { CardVault } from './card-vault.service';
import { DataKeyring } from './data-keyring.service';
import { Fingerprints } from './fingerprints.service';
import { InstrumentKeys } from './instrument-keys.service';
import { Instruments } from './instruments.service';
import { CardQueue } from './card-queue';
import { CardJobs } from './jobs/card.jobs';
import { CardTokenRepository } from './persistence/card-token.repository';
import { CardRepository } from './persistence/card.repository';
import { DataKeyRepository } from './persistence/data-key.repository';
import { FingerprintKeyRepository } from './persistence/fingerprint-key.repository';
import { InstrumentKeyRepository } from './persistence/instrument-key.repository';
import { InstrumentRepository } from './persistence/instrument.repository';

/**
 * Card numbers at rest (of sessions, of one-time tokens, kept ones) and their keys. Needs the global `PlatformModule`; its ticks run where the application imports
 * `ScheduleModule.forRoot()`.
 */
@Module({
  imports: [CardBinsModule],
  providers: [
    CardJobs,
    CardQueue,
    CardRepository,
    CardStorage,
    CardTokenRepository,
    CardTokens,
    CardVault,
    DataKeyRepository,
    DataKeyring,
    FingerprintKeyRepository,
    Fingerprints,
    InstrumentKeyRepository,
    InstrumentKeys,
    InstrumentRepository,
    Instruments,
  ],
  exports: [CardBinsModule, CardTokens, CardVault, DataKeyring, Instruments],
})
export class CardsModule {}
