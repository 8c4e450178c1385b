/**
 * An upstream that answers at once: a token to whoever asks, and every session approved without a challenge. Bare node, a
 * process of its own; tells its port. Only what must differ between two sessions does.
 */
import { createServer } from 'node:http';

const session = {
  transaction_id: '',
  scheme: 'visa',
  amount: 6540,
  currency: 'EUR',
  completed: false,
  challenged: false,
  authentication_type: 'regular',
  authentication_category: 'payment',
  status: 'approved',
  approved: true,
  protocol_version: '2.2.0',
  transaction_type: 'goods_service',
  next_actions: ['complete'],
  ds: { ds_id: 'A000000003', reference_number: '3DS_LOA_DIS_STUB_020200_00001', transaction_id: '' },
  acs: { reference_number: '3DS_LOA_ACS_STUB_020200_00001', transaction_id: '' },
  response_code: 'Y',
  cryptogram: 'AJkBAwgWlAAAABQHBxaUAAAAAAA=',
  eci: '05',
  xid: '',
  flow_type: 'frictionless',
  card: { instrument_id: 'src_wmlfc3zyhqzehihu7giusaaawu', fingerprint: 'F', metadata: {} },
};
const token = JSON.stringify({ access_token: 'stub', token_type: 'Bearer', expires_in: 3600, scope: 'sessions' });

let made = 0;

function answer(request, response) {
  const isToken = request.url === '/connect/token';
  const content = isToken ? token : aSession();
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) };
  response.writeHead(isToken ? 200 : 201, headers).end(content);
}

function aSession() {
  made++;
  const digits = String(made).padStart(12, '0');
  const id = (kind) => `0000000${kind}-0000-4000-8000-${digits}`;
  return JSON.stringify({
    id: `sid_${String(made)
      .replace(/[0189]/g, (digit) => 'abcd'['0189'.indexOf(digit)])
      .padStart(26, 'x')}`,
    ...session,
    transaction_id: id(1),
    ds: { ...session.ds, transaction_id: id(2) },
    acs: { ...session.acs, transaction_id: id(3) },
    xid: id(2),
  });
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  request.on('end', () => answer(request, response));
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
