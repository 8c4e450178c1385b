import { Module } from '@nestjs/common';
import { OpenApiController } from './openapi.controller';

/** The description of the API, at `/openapi.json` and `/docs`. */
@Module({ controllers: [OpenApiController] })
export class OpenApiModule {}
