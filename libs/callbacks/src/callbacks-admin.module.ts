import { Module } from '@nestjs/common';
import { CallbackSearch } from './admin/callback-search.service';
import { AdminCallbacksController } from './http/admin-callbacks.controller';
import { CallbackSearchRepository } from './persistence/callback-search.repository';

/** Callbacks for operators. Needs the global PlatformModule. */
@Module({
  controllers: [AdminCallbacksController],
  providers: [CallbackSearch, CallbackSearchRepository],
})
export class CallbacksAdminModule {}
