import { CredentialsModule } from '@app/credentials';
import { Module } from '@nestjs/common';
import { DemoSeeder } from './demo-seeder';

/** The demo merchants. Does nothing by itself: the server asks for them in demo mode, once it listens. */
@Module({ imports: [CredentialsModule], providers: [DemoSeeder], exports: [DemoSeeder] })
export class DemoModule {}
