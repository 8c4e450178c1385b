import type { FastifyInstance } from 'fastify';
import { createFrontDoor } from '../front-door';

const CARD = '4242424242424242';
const WRITTEN = { reference: `card ${CARD}`, callback_url: 'https://user:hunter2@shop.example/cb?token=sekret' };
const SHOWN = { reference: 'card 424242******4242', callback_url: 'https://•••@shop.example/cb?token=•••' };

describe('answers of the front door', () => {
  let fastify: FastifyInstance;

  beforeAll(() => {
    fastify = createFrontDoor({ bodyLimitBytes: 1_000 }).getInstance();
    for (const path of ['/admin/api/sessions/:id', '/admin/api/simulator', '/sessions/:id'])
      fastify.get(path, () => WRITTEN);
    fastify.get('/admin/api/refused', (_request, reply) => reply.status(409).send({ changed: { by: WRITTEN } }));
  });

  afterAll(() => fastify.close());

  const answered = async (url: string): Promise<unknown> => (await fastify.inject({ url })).json();

  it('of the admin API are masked, refusals included', async () => {
    expect(await answered('/admin/api/sessions/1')).toEqual(SHOWN);
    expect(await answered('/%61dmin/api/sessions/1')).toEqual(SHOWN);
    expect(await answered('/admin/api/refused')).toEqual({ changed: { by: SHOWN } });
  });

  it('to merchants, and of what is published, are what they are', async () => {
    expect(await answered('/sessions/1')).toEqual(WRITTEN);
    expect(await answered('/admin/api/simulator')).toEqual(WRITTEN);
  });
});
