/**
 * A frictionless session from creation to its final status through the simulator's directory server, against a bare
 * Fastify and pg program that makes the same rows, the same exchange with the same directory server, and the same change.
 */
import { httpRequest, load } from './support/load.mjs';
import { newestRows, startFloor } from './support/floors.mjs';
import { BROWSER_DATA, aSession } from './support/requests.mjs';
import { compare } from './support/rounds.mjs';
import { startServer } from './support/server.mjs';

const CLIENTS = 16;
const DURATION_MS = Number(process.env.BENCH_ROUND_MS ?? 4000);
const url = process.env.BENCH_DATABASE_URL;
const server = await startServer(url, CLIENTS);
const request = httpRequest(
  'POST',
  '/sessions',
  { Authorization: server.authorization },
  {
    ...aSession(server.demo),
    channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'Y' },
  },
);
const ours = () =>
  load({ port: server.port, clients: CLIENTS, durationMs: DURATION_MS, render: () => request, expect: 201 });
await load({ port: server.port, clients: 1, durationMs: 300, render: () => request, expect: 201 });

/** As the server sends it, whole; the two members that differ each time are put in by the floor. */
const AREQ = {
  messageType: 'AReq',
  messageVersion: '2.2.0',
  threeDSServerRefNumber: '3DS_LOA_SER_FLOOR_020200_00001',
  threeDSServerOperatorID: 'FLOOR',
  threeDSServerURL: `http://127.0.0.1:${server.port}/3ds/rreq`,
  threeDSRequestorID: 'floor',
  threeDSRequestorName: 'Floor',
  threeDSRequestorURL: 'https://shop.example',
  deviceChannel: '02',
  messageCategory: '01',
  threeDSCompInd: 'Y',
  threeDSRequestorAuthenticationInd: '01',
  threeDSRequestorChallengeInd: '01',
  acquirerBIN: '412345',
  acquirerMerchantID: 'floor',
  mcc: '5411',
  merchantCountryCode: '826',
  merchantName: 'Floor',
  acctNumber: '4485040371536584',
  cardExpiryDate: '3012',
  cardholderName: 'Ada Lovelace',
  purchaseAmount: '6540',
  purchaseCurrency: '978',
  purchaseExponent: '2',
  transType: '01',
  browserAcceptHeader: BROWSER_DATA.accept_header,
  browserIP: BROWSER_DATA.ip_address,
  browserJavascriptEnabled: true,
  browserJavaEnabled: false,
  browserLanguage: 'en-GB',
  browserColorDepth: '24',
  browserScreenHeight: '1080',
  browserScreenWidth: '1920',
  browserTZ: '-60',
  browserUserAgent: BROWSER_DATA.user_agent,
  notificationURL: 'https://shop.example/3ds/return',
};
const floor = await startFloor('frictionless', {
  url,
  poolSize: CLIENTS,
  data: {
    inserts: await pendingRows(),
    after: await newestRows(url, [['exchange', 'session_id']]),
    areq: AREQ,
    directoryServer: `${server.simulatorUrl}/ds/visa`,
  },
});

/** The rows as they are before the answer came: a final one could not be changed. */
async function pendingRows() {
  const rows = await newestRows(url, [
    ['session', 'id'],
    ['attempt', 'session_id'],
    ['card', 'session_id'],
  ]);
  const [session] = rows;
  session.row = { ...session.row, status: 'processing', final_at: null, deadline_at: new Date(Date.now() + 180_000) };
  return rows;
}

try {
  await compare({
    bench: 'frictionless',
    unit: 'sessions/s',
    rounds: Number(process.env.BENCH_ROUNDS ?? 5),
    ours,
    floor: () =>
      load({ port: floor.port, clients: CLIENTS, durationMs: DURATION_MS, render: () => request, expect: 200 }),
  });
} finally {
  floor.stop();
  await server.stop();
}
