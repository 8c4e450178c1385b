/**
 * Floors that speak HTTP: a bare Fastify with the least that any server of this kind must do. Runs as a process of its
 * own and tells its port. `kind` says which.
 */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { Pool } from 'undici';
import { uuidV7 } from './uuid.mjs';

const asParameter = (value) =>
  value !== null && typeof value === 'object' && !Buffer.isBuffer(value) && !(value instanceof Date)
    ? JSON.stringify(value)
    : value;

const insertOf = ({ table, key, columns, row }) => ({
  name: `insert_${table}`,
  text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
  keyAt: columns.indexOf(key),
  values: columns.map((column) => asParameter(row[column])),
});

/** One indexed read of a whole row, sent as JSON. */
function get(app, pool) {
  app.get('/sessions/:id', async (request) => {
    const { rows } = await pool.query({
      name: 'read',
      text: 'SELECT * FROM session WHERE id = $1',
      values: [request.params.id],
    });
    return rows[0];
  });
}

/** One ES256 signature over claims of the usual size. */
function token(app) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = encode({ alg: 'ES256', typ: 'at+jwt', kid: 'floor' });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body))),
  );
  app.post('/connect/token', async (request) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      client_id: request.body.client_id,
      scope: request.body.scope,
      jti: randomUUID(),
      iat: now,
      exp: now + 3600,
    };
    const input = `${head}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return { access_token: `${input}.${signature.toString('base64url')}`, token_type: 'Bearer', expires_in: 3600 };
  });
}

/** The writes of a frictionless session (rows, then their change) around the same exchange with the same directory server. */
function frictionless(app, pool, { inserts, after, areq, directoryServer }) {
  const statements = inserts.map(insertOf);
  const later = after.map(insertOf);
  const url = new URL(directoryServer);
  const upstream = new Pool(url.origin, { connections: 64 });
  app.post('/sessions', async () => {
    const id = uuidV7();
    const transactionId = randomUUID();
    await write(pool, statements, id);
    const answer = await upstream.request({
      method: 'POST',
      path: url.pathname,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ ...areq, threeDSServerTransID: transactionId, purchaseDate: purchaseDate() }),
    });
    const ares = await answer.body.json();
    if (ares.messageType !== 'ARes') throw new Error(JSON.stringify(ares));
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query({
      name: 'update_session',
      text: `UPDATE session SET status = 'approved', version = version + 1, final_at = now(), deadline_at = NULL, trans_status = $2 WHERE id = $1`,
      values: [id, ares.transStatus],
    });
    await client.query({
      name: 'update_attempt',
      text: 'UPDATE attempt SET facts = $2 WHERE session_id = $1',
      values: [id, JSON.stringify(ares)],
    });
    for (const statement of later) await run(client, statement, id);
    await client.query('COMMIT');
    client.release();
    return { id, status: 'approved', response_code: ares.transStatus, eci: ares.eci };
  });
}

/** Rows of several tables and what else (`more`, with values of its own) as one statement; `valuesOf(id)` are its parameters. */
function oneStatement(name, samples, more = { texts: [], values: [] }) {
  const values = [...more.values];
  const idsAt = [];
  const parts = samples.map(({ table, key, columns, row }) => {
    const places = columns.map((column) => {
      if (column === key) idsAt.push(values.length);
      return `$${values.push(asParameter(row[column]))}`;
    });
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`;
  });
  const [last, ...others] = [...more.texts, ...parts].reverse();
  const text = others.map((part, index) => `p${index} AS (${part})`).join(', ');
  const valuesOf = (id, ...own) => {
    const all = [...values];
    for (const at of idsAt) all[at] = id;
    for (const [at, value] of own.entries()) all[at] = value;
    return all;
  };
  return { query: (id, ...own) => ({ name, text: `WITH ${text} ${last}`, values: valuesOf(id, ...own) }) };
}

/** The least of a proxy: the request is written down, the upstream asked, its answer written down, each in one row. */
async function leanProxy(app, pool, { upstream }) {
  await pool.query('CREATE TABLE IF NOT EXISTS floor_proxy (id uuid PRIMARY KEY, request jsonb, answer jsonb)');
  relay(app, upstream, {
    before: (id, request) => {
      const text = 'INSERT INTO floor_proxy (id, request) VALUES ($1, $2)';
      return pool.query({ name: 'insert', text, values: [id, JSON.stringify(request)] });
    },
    after: (id, session) => {
      const text = 'UPDATE floor_proxy SET answer = $2 WHERE id = $1';
      return pool.query({ name: 'update', text, values: [id, JSON.stringify(session)] });
    },
  });
}

/** The same with the rows that the server writes, each time in one statement. */
function proxy(app, pool, { upstream, inserts, after }) {
  const first = oneStatement('insert', inserts);
  const second = oneStatement('update', after, {
    texts: [
      `UPDATE session SET status = 'approved', version = version + 1, final_at = now(), deadline_at = NULL, trans_status = $2 WHERE id = $1`,
      'UPDATE attempt SET facts = $3 WHERE session_id = $1',
    ],
    values: [null, null, null],
  });
  relay(app, upstream, {
    before: (id) => pool.query(first.query(id)),
    after: (id, session) => pool.query(second.query(id, id, session.response_code, JSON.stringify(session))),
  });
}

function relay(app, upstream, { before, after }) {
  const client = new Pool(upstream, { connections: 64 });
  app.post('/sessions', async (request, reply) => {
    const id = uuidV7();
    const { source, ...kept } = request.body;
    await before(id, kept);
    const answer = await client.request({
      method: 'POST',
      path: '/sessions',
      headers: { authorization: 'Bearer stub', 'content-type': 'application/json' },
      body: JSON.stringify({ ...kept, source, reference: id }),
    });
    const session = await answer.body.json();
    await after(id, session);
    return reply.code(201).send(session);
  });
}

const purchaseDate = () => new Date().toISOString().replace(/\D/g, '').slice(0, 14);

const run = (client, { name, text, values, keyAt }, id) => client.query({ name, text, values: values.with(keyAt, id) });

async function write(pool, statements, id) {
  const client = await pool.connect();
  await client.query('BEGIN');
  for (const statement of statements) await run(client, statement, id);
  await client.query('COMMIT');
  client.release();
}

process.once('message', async ({ kind, url, poolSize, data }) => {
  const pool = new pg.Pool({ connectionString: url, max: poolSize });
  const app = Fastify();
  await { get, token, frictionless, leanProxy, proxy }[kind](app, pool, data);
  await app.listen({ port: 0, host: '127.0.0.1' });
  process.send({ port: app.server.address().port });
});
