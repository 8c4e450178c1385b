import { CredentialsModule } from '@app/credentials';
import { PublicAddress } from '@app/platform';
import { CARD_FIELDS_ASSETS, HOSTED_ASSETS } from '@app/sessions';
import { Module, type Provider } from '@nestjs/common';
import { BrowserController } from './browser.controller';
import { BuiltFiles } from './built-files';
import { assetsOf, type PageName } from './hosted-assets';
import { HostedAssetsController } from './hosted-assets.controller';
import { LogosController } from './logos.controller';

const assetsFor = (provide: symbol, page: PageName): Provider => ({
  provide,
  useFactory: (files: BuiltFiles, address: PublicAddress) => assetsOf(page, files, address),
  inject: [BuiltFiles, PublicAddress],
});

/** What browsers get from us as files: countersign.js for merchants' own pages, and what our pages for cardholders are made with. */
@Module({
  imports: [CredentialsModule],
  controllers: [BrowserController, HostedAssetsController, LogosController],
  providers: [BuiltFiles, assetsFor(HOSTED_ASSETS, 'page'), assetsFor(CARD_FIELDS_ASSETS, 'fields')],
  exports: [CARD_FIELDS_ASSETS, HOSTED_ASSETS],
})
export class BrowserModule {}
