import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app-config';

/** The base of every address we hand out: links, notification and result addresses. No trailing slash. */
@Injectable()
export class PublicAddress {
  private base: string | null;

  constructor(@Inject(APP_CONFIG) config: Pick<AppConfig, 'http'>) {
    this.base = config.http.publicUrl;
  }

  /** Told once by the server when it listens; a configured COUNTERSIGN_PUBLIC_URL wins. */
  listeningOn(url: string): void {
    this.base ??= url;
  }

  get url(): string {
    if (this.base === null) throw new Error('The public address is known only once the server listens');
    return this.base;
  }
}
