import { Module } from '@nestjs/common';
import { CardStorage } from './card-storage.service';
import { CardVault } from './card-vault.service';
import { DataKeyring } from './data-keyring.service';
import { Fingerprints } from './fingerprints.service';
import { CardJobs } from './jobs/card.jobs';
import { CardRepository } from './persistence/card.repository';
import { DataKeyRepository } from './persistence/data-key.repository';
import { FingerprintKeyRepository } from './persistence/fingerprint-key.repository';

/**
 * Card numbers at rest and the data keys. Needs the global `PlatformModule`; its ticks run where the application imports
 * `ScheduleModule.forRoot()`.
 */
@Module({
  providers: [
    CardJobs,
    CardRepository,
    CardStorage,
    CardVault,
    DataKeyRepository,
    DataKeyring,
    FingerprintKeyRepository,
    Fingerprints,
  ],
  exports: [CardVault, DataKeyring],
})
export class CardsModule {}
