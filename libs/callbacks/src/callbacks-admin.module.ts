import { Module } from '@nestjs/common';
import { CallbackOverview } from './admin/callback-figures.service';
import { CallbackSearch } from './admin/callback-search.service';
import { AdminCallbacksController } from './http/admin-callbacks.controller';
import { CallbackFiguresRepository } from './persistence/callback-figures.repository';
import { CallbackSearchRepository } from './persistence/callback-search.repository';

/** Callbacks for operators. Needs the global PlatformModule. */
@Module({
  controllers: [AdminCallbacksController],
  providers: [CallbackSearch, CallbackOverview, CallbackSearchRepository, CallbackFiguresRepository],
})
export class CallbacksAdminModule {}
