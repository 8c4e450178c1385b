import { CredentialsModule } from '@app/credentials';
import { CARD_FIELDS_ASSETS, HOSTED_ASSETS } from '@app/sessions';
import { Module } from '@nestjs/common';
import { BrowserController } from './browser.controller';
import { BuiltFiles } from './built-files';
import { assetsOf } from './hosted-assets';
import { HostedAssetsController } from './hosted-assets.controller';
import { LogosController } from './logos.controller';

/** What browsers get from us as files: countersign.js for merchants' own pages, and what our pages for cardholders are made with. */
@Module({
  imports: [CredentialsModule],
  controllers: [BrowserController, HostedAssetsController, LogosController],
  providers: [
    BuiltFiles,
    { provide: HOSTED_ASSETS, useFactory: (files: BuiltFiles) => assetsOf('page', files), inject: [BuiltFiles] },
    { provide: CARD_FIELDS_ASSETS, useFactory: (files: BuiltFiles) => assetsOf('fields', files), inject: [BuiltFiles] },
  ],
  exports: [CARD_FIELDS_ASSETS, HOSTED_ASSETS],
})
export class BrowserModule {}
