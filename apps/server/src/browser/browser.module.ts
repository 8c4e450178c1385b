import { HOSTED_ASSETS } from '@app/sessions';
import { Module } from '@nestjs/common';
import { BrowserController } from './browser.controller';
import { BuiltFiles } from './built-files';
import { hostedAssets } from './hosted-assets';
import { HostedAssetsController } from './hosted-assets.controller';

/** What browsers get from us as files: countersign.js for merchants' own pages, and what the hosted page is made with. */
@Module({
  controllers: [BrowserController, HostedAssetsController],
  providers: [BuiltFiles, { provide: HOSTED_ASSETS, useFactory: hostedAssets, inject: [BuiltFiles] }],
  exports: [HOSTED_ASSETS],
})
export class BrowserModule {}
