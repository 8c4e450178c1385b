/** The demo merchants' credentials: read from `demo.json` at each use, because the server may write it after we start. */
import { Inject, Injectable } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError, InvalidRequest, Secret } from '@app/kernel';
import { SIMULATOR_CONFIG, type SimulatorConfig } from '../config';
import { isRecord } from '../http/body';

/** A merchant that the shop can be. */
export interface MerchantChoice {
  readonly processingChannelId: string;
  readonly name: string;
  readonly connector: string;
}

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

  /**
   * The merchant of that channel; the first one where none is named. Throws `shop_not_connected` (kind `unavailable`) while
   * there is none, or none that is whole, and `InvalidRequest` for a channel that no merchant has.
   */
  async get(channelId?: string): Promise<DemoMerchant> {
    const file = await this.read();
    const merchants = merchantsOf(file);
    const one = channelId === undefined ? file : merchants.find(hasChannel(channelId));
    if (!one) throw new InvalidRequest(['merchant_invalid'], 'No merchant has this channel');
    const text = (of: Record<string, unknown>, name: string): string => {
      const value = of[name];
      if (typeof value !== 'string' || value === '') throw notConnected(`demo.json has no ${name}`);
      return value;
    };
    return {
      apiUrl: text(file, 'apiUrl').replace(/\/+$/, ''),
      tokenUrl: text(file, 'tokenUrl'),
      clientId: text(one, 'clientId'),
      clientSecret: new Secret(text(one, 'clientSecret')),
      processingChannelId: text(one, 'processingChannelId'),
      webhookSecrets: merchants.flatMap(({ webhookSecret }) =>
        typeof webhookSecret === 'string' ? [new Secret(webhookSecret)] : [],
      ),
    };
  }

  /** The merchants to choose from, the first one first. Throws as `get`. */
  async choices(): Promise<readonly MerchantChoice[]> {
    return merchantsOf(await this.read()).flatMap(({ processingChannelId, name, connector }) =>
      [processingChannelId, name, connector].every((value) => typeof value === 'string')
        ? [{ processingChannelId, name, connector } as unknown as MerchantChoice]
        : [],
    );
  }

  private async read(): Promise<Record<string, unknown>> {
    let file: unknown;
    try {
      file = JSON.parse(await readFile(join(this.config.dataDir, 'demo.json'), 'utf8'));
    } catch (cause) {
      throw notConnected('demo.json is not there yet: start the server in demo mode', cause);
    }
    if (!isRecord(file)) throw notConnected('demo.json is not an object');
    return file;
  }
}

function merchantsOf(file: Record<string, unknown>): readonly Record<string, unknown>[] {
  return Array.isArray(file['merchants']) ? file['merchants'].filter(isRecord) : [];
}

const hasChannel =
  (channelId: string) =>
  ({ processingChannelId }: Record<string, unknown>): boolean =>
    processingChannelId === channelId;

function notConnected(message: string, cause?: unknown): CountersignError {
  return new CountersignError('unavailable', ['shop_not_connected'], message, { cause });
}
