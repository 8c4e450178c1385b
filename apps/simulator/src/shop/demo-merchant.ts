/** The demo merchant's credentials: read from `demo.json` at each use, because the server may write it after we start. */
import { Inject, Injectable } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError, Secret } from '@app/kernel';
import { SIMULATOR_CONFIG, type SimulatorConfig } from '../config';
import { isRecord } from '../http/body';

/** What the shop's backend needs to be a merchant. */
export interface DemoMerchant {
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly processingChannelId: string;
  /** Signing keys of all demo merchants: a callback of any of them may arrive here. */
  readonly webhookSecrets: readonly Secret[];
}

/** Reads the credentials. */
@Injectable()
export class DemoMerchantFile {
  constructor(@Inject(SIMULATOR_CONFIG) private readonly config: SimulatorConfig) {}

  /** The demo merchant. Throws `shop_not_connected` (kind `unavailable`) while there is none, or none that is whole. */
  async get(): Promise<DemoMerchant> {
    let file: unknown;
    try {
      file = JSON.parse(await readFile(join(this.config.dataDir, 'demo.json'), 'utf8'));
    } catch (cause) {
      throw notConnected('demo.json is not there yet: start the server in demo mode', cause);
    }
    if (!isRecord(file)) throw notConnected('demo.json is not an object');
    const text = (name: string): string => {
      const value = file[name];
      if (typeof value !== 'string' || value === '') throw notConnected(`demo.json has no ${name}`);
      return value;
    };
    const merchants = Array.isArray(file['merchants']) ? file['merchants'].filter(isRecord) : [];
    return {
      apiUrl: text('apiUrl').replace(/\/+$/, ''),
      tokenUrl: text('tokenUrl'),
      clientId: text('clientId'),
      clientSecret: new Secret(text('clientSecret')),
      processingChannelId: text('processingChannelId'),
      webhookSecrets: merchants.flatMap(({ webhookSecret }) =>
        typeof webhookSecret === 'string' ? [new Secret(webhookSecret)] : [],
      ),
    };
  }
}

function notConnected(message: string, cause?: unknown): CountersignError {
  return new CountersignError('unavailable', ['shop_not_connected'], message, { cause });
}
