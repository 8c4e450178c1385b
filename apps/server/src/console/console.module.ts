import { Module } from '@nestjs/common';
import { ConsoleController } from './console.controller';
import { ConsoleFiles } from './console-files';
import { FeaturesController } from './features.controller';

/** Serves the operators' console. Its API is the libs' own. */
@Module({ controllers: [ConsoleController, FeaturesController], providers: [ConsoleFiles] })
export class ConsoleModule {}
