/** A server with one of everything that operators see, for each of two merchants. */
import { encodePublicKey } from '@app/credentials';
import { decodeId, encodeId } from '@app/kernel';
import type { AdminWorld, MerchantThings } from './admin-routes';
import { bearer } from './api';
import { BROWSER, Calls } from './calls';
import type { ConsoleClient } from './console';
import type { DemoMerchant, Product } from './product';
import { rows, uuidOf } from './rows';

/** Makes what is missing for the first two merchants of the demo, as `admin`. */
export async function adminWorld(product: Product, admin: ConsoleClient): Promise<AdminWorld> {
  const [ours, theirs] = product.demo.merchants as [DemoMerchant, DemoMerchant];
  return { ours: await thingsOf(product, admin, ours), theirs: await thingsOf(product, admin, theirs) };
}

async function thingsOf(product: Product, admin: ConsoleClient, demo: DemoMerchant): Promise<MerchantThings> {
  const calls = new Calls(product, await bearer(product, demo));
  const session = String((await calls.open('4485040371536584'))['id']);
  const [owner] = await rows<{ merchant: string }>(
    product,
    'SELECT merchant_id AS merchant FROM session WHERE id = $1',
    [uuidOf(session)],
  );
  const merchant = encodeId('merchant', owner?.merchant ?? '');
  const grant = { role: 'viewer', merchant_ids: [merchant] };
  const { body: operator } = await admin.post('operators', { email: `${merchant}@example.com`, name: 'X', ...grant });
  const { body: account } = await admin.post('service-accounts', { name: 'X', ...grant });
  const uuid = owner?.merchant ?? '';
  const idOf = async (table: string): Promise<string> =>
    (await rows<{ id: string }>(product, `SELECT id FROM ${table} WHERE merchant_id = $1 LIMIT 1`, [uuid]))[0]?.id ??
    '';
  const { body: key } = await admin.post('access-keys', {
    merchant_id: merchant,
    environment: 'test',
    scopes: ['sessions:app'],
  });
  const connectorAccount = await accountOf(product, admin, merchant);
  const { body: job } = await admin.post('jobs', { act: 're_sync', ids: [session] });
  return {
    merchant,
    operator: String(operator['id']),
    serviceAccount: String(account['id']),
    session,
    job: String(job['id']),
    channel: encodeId('channel', await idOf('processing_channel')),
    accessKey: String(key['id']),
    publicKey: encodePublicKey(await idOf('public_key')),
    connectorAccount,
    callback: await callbackOf(product, calls),
    token: await tokenOf(product, connectorAccount),
  };
}

/** What the merchant is told of a session that has ended. */
async function callbackOf(product: Product, calls: Calls): Promise<string> {
  const session = await calls.open('4485040371536584', { channel_data: BROWSER });
  await calls.complete(session);
  const [message] = await rows<{ id: string }>(product, 'SELECT id FROM callback_message WHERE session_id = $1', [
    uuidOf(String(session['id'])),
  ]);
  return encodeId('message', message?.id ?? '');
}

/** What would be known of a token, had anybody asked for one. */
async function tokenOf(product: Product, account: string): Promise<string> {
  const [token] = await rows<{ key: string }>(
    product,
    `INSERT INTO upstream_token
       (key, account_id, credential_version, scopes, version, fence, renew_at, in_use_until, created_at)
     VALUES (encode(sha256($1::text::bytea), 'hex'), $2, 1, '{}', 1, 1, now() + interval '1 day', now(), now())
     RETURNING key`,
    [account, decodeId('connectorAccount', account)],
  );
  return token?.key ?? '';
}

/** An account at an upstream that nobody asks. */
async function accountOf(product: Product, admin: ConsoleClient, merchant: string): Promise<string> {
  const { body } = await admin.post('connector-accounts', {
    merchant_id: merchant,
    connector: 'checkout',
    environment: 'test',
    name: 'Upstream',
    api_url: product.simulatorUrl,
    token_url: `${product.simulatorUrl}/connect/token`,
    client_id: 'client',
    client_secret: 'a secret of an upstream'.replaceAll(' ', '-'),
    test: false,
  });
  return String(body['id']);
}
