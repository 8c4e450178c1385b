import { CredentialsModule } from '@app/credentials';
import { Module } from '@nestjs/common';
import { DemoSeeder } from './demo-seeder';
import { DemoUpstreams } from './demo-upstreams';

/** The demo merchants. Does nothing by itself: the server asks for them in demo mode, once it listens. */
@Module({ imports: [CredentialsModule], providers: [DemoSeeder, DemoUpstreams], exports: [DemoSeeder] })
export class DemoModule {}
