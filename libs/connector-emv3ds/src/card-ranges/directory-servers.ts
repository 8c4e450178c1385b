import type { Environment } from '@app/authentication-port';
import { DIRECTORY_SERVERS, type DirectoryServerId } from '@app/kernel';
import { APP_CONFIG, type AppConfig } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DirectoryServerRepository } from '../persistence/directory-server.repository';

/** Which directory servers there are, and where. */
@Injectable()
export class DirectoryServers {
  constructor(
    private readonly repository: DirectoryServerRepository,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'demo' | 'simulatorUrl'>,
  ) {}

  /** Adds a directory server or moves it; every replica knows within seconds. `url` is where AReq and PReq go. */
  async configure(environment: Environment, id: DirectoryServerId, url: string): Promise<void> {
    await this.repository.upsert(environment, id, url);
  }

  /** Demo mode: the simulator plays all of them, in the test environment. */
  async configureDemo(): Promise<void> {
    const { demo, simulatorUrl } = this.config;
    if (!demo || simulatorUrl === null) return;
    for (const id of DIRECTORY_SERVERS) await this.configure('test', id, `${simulatorUrl}/ds/${id}`);
  }
}
