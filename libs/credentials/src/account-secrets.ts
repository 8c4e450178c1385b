import { randomBytes } from 'node:crypto';
import { newUuidV7, Secret } from '@app/kernel';
import { CryptoBox, MacKeys, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { UpstreamCredential } from './domain/connector-account';
import {
  ConnectorAccountRepository,
  type CredentialRow,
  type WebhookKeyRow,
} from './persistence/connector-account.repository';

/** The AAD of a client secret at an upstream. */
export const clientSecretContext = (credentialId: string): string =>
  `connector_credential.client_secret:${credentialId}`;

/** The AAD of a key that an upstream signs its webhooks with. */
export const webhookKeyContext = (keyId: string): string => `connector_webhook_key.key:${keyId}`;

/** The secrets of connector accounts on their way into the database and out of it. */
@Injectable()
export class AccountSecrets {
  constructor(
    private readonly repository: ConnectorAccountRepository,
    private readonly box: CryptoBox,
    private readonly macKeys: MacKeys,
  ) {}

  /** Stores a credential, sealed, as the account's `version`, valid from `at`. */
  async addCredential(
    tx: Queryable,
    account: { id: string; merchantId: string },
    { clientId, clientSecret, expiresAt = null }: UpstreamCredential & { expiresAt?: Date | null },
    version: number,
    at: Date,
  ): Promise<void> {
    const id = newUuidV7(at);
    const clientSecretSealed = this.box.seal(Buffer.from(clientSecret.expose()), clientSecretContext(id));
    const row = { id, clientId, clientSecretSealed, version, validFrom: at, expiresAt };
    await this.repository.insertCredential(tx, account, row);
  }

  /** Stores a webhook key, sealed, valid from `at`. */
  async addWebhookKey(
    tx: Queryable,
    account: { id: string; merchantId: string },
    key: Secret,
    at: Date,
  ): Promise<void> {
    const id = newUuidV7(at);
    const keySealed = this.box.seal(Buffer.from(key.expose()), webhookKeyContext(id));
    await this.repository.insertWebhookKey(tx, account, { id, keySealed, createdAt: at });
  }

  openCredential({ id, clientId, clientSecretSealed }: CredentialRow): UpstreamCredential {
    const clientSecret = this.box.open(clientSecretSealed, clientSecretContext(id));
    return { clientId, clientSecret: new Secret(clientSecret.toString('utf8')) };
  }

  openWebhookKey({ id, keySealed }: WebhookKeyRow): Secret {
    return new Secret(this.box.open(keySealed, webhookKeyContext(id)).toString('utf8'));
  }

  /** A new end of an inbound address: 256 random bits, as a segment of a path. */
  newWebhookToken(): Secret {
    return new Secret(randomBytes(32).toString('base64url'));
  }

  /** The keyed hash that an inbound address is found by; the address itself is kept nowhere. */
  webhookAddressMac(token: string): Promise<Buffer> {
    return this.macKeys.mac('connector_account.webhook_address', token);
  }
}
