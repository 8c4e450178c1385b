import type { ConnectorAccounts } from '@app/credentials';
import { Secret } from '@app/kernel';
import type { OutboundHttp } from '@app/platform';
import type { FetchToken, TokenCache } from '@app/token-cache';
import { anAccount, ScriptedHttp, type Scripted } from './testing/account';
import { tokenRequestOf, UpstreamTokens } from './upstream-tokens';

const ISSUED: Scripted = {
  status: 200,
  body: { access_token: 'token', token_type: 'Bearer', expires_in: 3600 },
  headers: { date: 'Mon, 23 Nov 2026 10:00:00 GMT' },
};
const refused = (error: string): Scripted => ({ status: 400, body: { error } });

const TWO = anAccount({
  credentialVersion: 2,
  credentials: [
    { clientId: 'ack_new', clientSecret: new Secret('new') },
    { clientId: 'ack_old', clientSecret: new Secret('old') },
  ],
});

function bound(account: typeof TWO | undefined, ...script: Scripted[]) {
  const http = new ScriptedHttp(script);
  const touched: unknown[] = [];
  let fetchToken: FetchToken = async () => ({ outcome: 'failed', cause: 'not bound' });
  const cache = { bind: (given: FetchToken) => (fetchToken = given) } as unknown as TokenCache;
  const accounts = {
    byId: async () => account,
    touch: (...told: unknown[]) => touched.push(told),
  } as unknown as ConnectorAccounts;
  new UpstreamTokens(cache, accounts, http as unknown as OutboundHttp).onModuleInit();
  const clients = (): (string | null)[] =>
    http.requests.map(({ body }) => new URLSearchParams(String(body)).get('client_id'));
  return { fetchToken, clients, touched };
}

describe('how tokens of the connector’s accounts are fetched', () => {
  it('asks with the newest credential, and notes its use', async () => {
    const { fetchToken, clients, touched } = bound(TWO, ISSUED);

    expect(await fetchToken(tokenRequestOf(TWO))).toMatchObject({
      outcome: 'issued',
      token: { expiresInSeconds: 3600, serverDate: new Date('2026-11-23T10:00:00Z') },
    });
    expect(clients()).toEqual(['ack_new']);
    expect(touched).toEqual([[TWO.id, 'ack_new']]);
  });

  it('asks with the other one while a rotation overlaps and the new one is not known there yet', async () => {
    const { fetchToken, clients, touched } = bound(TWO, refused('invalid_client'), ISSUED);

    expect(await fetchToken(tokenRequestOf(TWO))).toMatchObject({ outcome: 'issued' });
    expect(clients()).toEqual(['ack_new', 'ack_old']);
    expect(touched).toEqual([[TWO.id, 'ack_old']]);
  });

  it.each<[string, Scripted, object]>([
    ['what was asked for', refused('invalid_scope'), { outcome: 'refused', code: 'invalid_scope' }],
    ['nothing', { status: 503 }, { outcome: 'failed', cause: 'status_503' }],
  ])('asks once where the upstream refuses %s', async (_, answer, expected) => {
    const { fetchToken, clients } = bound(TWO, answer);

    expect(await fetchToken(tokenRequestOf(TWO))).toMatchObject(expected);
    expect(clients()).toHaveLength(1);
  });

  it('says that both are refused', async () => {
    expect(await bound(TWO, refused('invalid_client')).fetchToken(tokenRequestOf(TWO))).toEqual({
      outcome: 'refused',
      code: 'invalid_client',
    });
  });

  it.each([
    ['is gone', undefined, 'account_unknown'],
    ['is known in an older state', anAccount({ credentialVersion: 1 }), 'account_outdated'],
    ['has no valid credential', anAccount({ credentialVersion: 2, credentials: [] }), 'no_valid_credential'],
  ])('asks nobody where the account %s', async (_, account, cause) => {
    const { fetchToken, clients } = bound(account, ISSUED);

    expect(await fetchToken(tokenRequestOf(TWO))).toEqual({ outcome: 'failed', cause });
    expect(clients()).toEqual([]);
  });
});
