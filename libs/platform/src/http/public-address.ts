import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app-config';

/** The base of every address we hand out: links, notification and result addresses. No trailing slash. */
@Injectable()
export class PublicAddress {
  private base: string | null;
  private results: string | null = null;

  constructor(@Inject(APP_CONFIG) config: Pick<AppConfig, 'http'>) {
    this.base = config.http.publicUrl;
  }

  /** Told once by the server when it listens; a configured COUNTERSIGN_PUBLIC_URL wins. */
  listeningOn(url: string): void {
    this.base ??= url;
  }

  /** Told once by the server when result requests have a listener of their own and no public address is configured. */
  resultsListeningOn(url: string): void {
    this.results = url;
  }

  /** Base of the address that directory servers deliver results to. Behind a proxy it is the public one. */
  get resultsUrl(): string {
    return this.results ?? this.url;
  }

  get url(): string {
    if (this.base === null) throw new Error('The public address is known only once the server listens');
    return this.base;
  }

  /** What stands before every path of ours in a browser: a proxy takes it away. Empty for an address without a path. */
  get path(): string {
    return new URL(this.url).pathname.replace(/\/$/, '');
  }
}
