import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bearer, type Answer } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { demoOperator, type ConsoleClient } from '../support/console';
import { startProduct, type Product } from '../support/product';
import { callbackUrl } from '../support/simulator';

const FRICTIONLESS = '4485040371536584';

let product: Product;
let operator: ConsoleClient;
let sessions: Calls;

beforeAll(async () => {
  product = await startProduct();
  operator = await demoOperator(product);
  sessions = new Calls(product, await bearer(product));
  for (const reference of ['=HYPERLINK("http://x")', '@one', 'a,"b"', '<b>plain</b>'])
    await sessions.open(FRICTIONLESS, { channel_data: BROWSER, reference });
}, 120_000);

afterAll(() => product.stop());

/** A session that nobody was challenged in has none of these, and one that was not completed no callback. */
const LEGS = {
  method_start: null,
  method: null,
  request: null,
  answer: null,
  challenge_open: null,
  first_input: null,
  input_to_result: null,
  challenge: null,
  callback: null,
  whole: null,
};

const exported = (query: Record<string, string>): Promise<Answer> =>
  operator.get(`sessions/export?${new URLSearchParams(query).toString()}`);

it('gives the list as a file that no spreadsheet runs', async () => {
  const { status, headers, body } = await exported({ fields: 'reference,status,acs', sort: 'created_at' });

  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="sessions.csv"');
  const [head, ...lines] = String(body['text']).trimEnd().split('\r\n');
  expect(head).toBe('id,reference,status,acs_reference_number,acs_operator_id');
  expect(lines.map((line) => line.replace(/^sid_\w{26},/, '').replace(/,approved,.*$/, ''))).toEqual([
    `"'=HYPERLINK(""http://x"")"`,
    `'@one`,
    `"a,""b"""`,
    '<b>plain</b>',
  ]);
});

it('gives the same as lines of JSON, with what the protocol said', async () => {
  const { headers, body } = await exported({ format: 'ndjson', sort: 'created_at' });

  expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="sessions.ndjson"');
  const lines = String(body['text']).trimEnd().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows.map(({ reference }) => reference)).toEqual(['=HYPERLINK("http://x")', '@one', 'a,"b"', '<b>plain</b>']);
  expect(rows[0]).toMatchObject({
    status: 'approved',
    trans_status: 'Y',
    result_source: 'ARes',
    challenge_indicator: 'no_preference',
    error: null,
    failed_over: false,
  });
  for (const name of ['transaction_id', 'ds_transaction_id', 'acs_transaction_id'])
    expect(rows[0]?.[name]).toMatch(/^[0-9a-f-]{36}$/);
});

it('has what reports say of each session', async () => {
  const fields =
    'exemption_requested,exemption_applied,recovered_late,callback_lag_ms,legs_ms,issuer,issuer_country,card_type';
  const filter = JSON.stringify({ reference: '@one' });

  const { body } = await exported({ format: 'ndjson', filter, fields });

  expect(JSON.parse(String(body['text']))).toEqual({
    id: expect.stringMatching(/^sid_\w{26}$/) as string,
    exemption_requested: null,
    exemption_applied: null,
    recovered_late: false,
    callback_lag_ms: null,
    legs_ms: {
      ...LEGS,
      request: expect.any(Number) as number,
      answer: expect.any(Number) as number,
      whole: expect.any(Number) as number,
    },
    issuer: 'Sandbox Savings',
    issuer_country: 'DE',
    card_type: 'debit',
  });
  const csv = await exported({ filter, fields });
  const [head, line] = String(csv.body['text']).split('\r\n');
  const legs = Object.keys(LEGS).map((leg) => `legs_ms_${leg}`);
  expect(head).toBe(
    `id,exemption_requested,exemption_applied,recovered_late,callback_lag_ms,${legs.join(',')},issuer,issuer_country,card_type`,
  );
  expect(line).toMatch(/^sid_\w{26},,,false,,,,\d+,\d+,,,,,,\d+,Sandbox Savings,DE,debit$/);
});

it('tells how long the merchant waited for its callback', async () => {
  const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
  const session = await sessions.open(FRICTIONLESS, { channel_data: BROWSER, completion, reference: 'told' });
  expect((await sessions.complete(session)).status).toBe(204);

  const filter = JSON.stringify({ reference: 'told' });
  const { body } = await exported({ format: 'ndjson', filter, fields: 'callback_lag_ms,legs_ms' });

  expect(JSON.parse(String(body['text']))).toMatchObject({
    callback_lag_ms: expect.any(Number) as number,
    legs_ms: { callback: expect.any(Number) as number },
  });
});

it('has no column that is not documented', async () => {
  const docs = readFileSync(resolve(__dirname, '../../docs/admin-api.md'), 'utf8');
  const { body } = await exported({ filter: JSON.stringify({ reference: 'nobody' }) });

  const [head = ''] = String(body['text']).split('\r\n');
  const [, section = ''] = /^## Files of sessions$(.*?)^## /ms.exec(docs) ?? [];
  const told = [...section.matchAll(/^\|(.*?)\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(told.sort()).toEqual(head.split(',').sort());
});

it('has what the filter finds, and is in the audit log with it', async () => {
  const filter = JSON.stringify({ reference: '@one' });

  const { body } = await exported({ filter, fields: 'amount,currency' });

  expect(String(body['text'])).toMatch(/^id,amount,currency\r\nsid_\w{26},6540,EUR\r\n$/);
  const subject = encodeURIComponent(JSON.stringify({ subject: 'sessions' }));
  const { data } = (await operator.get(`audit?filter=${subject}`)).body;
  expect(data?.[0]).toMatchObject({ act: 'session.exported', after: { filter } });
});

it('refuses filters that are none, and pages', async () => {
  const bad = await exported({ filter: JSON.stringify({ status: 'lost' }) });
  expectRefusal(bad, 422, 'unprocessable_entity', 'filter_status_invalid');
  for (const format of ['xlsx', 'constructor'])
    expectRefusal(await exported({ format }), 422, 'unprocessable_entity', 'format_invalid');
  for (const name of ['limit', 'after'])
    expectRefusal(await exported({ [name]: '1' }), 422, 'unprocessable_entity', 'query_invalid');
});
