import { Module } from '@nestjs/common';
import { CardBins } from './card-bins.service';
import { CardBinRepository } from './persistence/card-bin.repository';

/** Whose cards are, by their BINs. Needs the global `PlatformModule`. */
@Module({ providers: [CardBinRepository, CardBins], exports: [CardBins] })
export class CardBinsModule {}
