import { Module } from '@nestjs/common';
import { BrowserController } from './browser.controller';
import { BrowserScripts } from './browser-scripts';

/** What merchants' own pages get from us: countersign.js, and answers that their script may read. */
@Module({ controllers: [BrowserController], providers: [BrowserScripts] })
export class BrowserModule {}
