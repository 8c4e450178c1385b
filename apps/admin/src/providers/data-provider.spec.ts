import type { ApiError } from './api-error';
import { dataProvider } from './data-provider';

/** A server that says what it was asked, and answers as it is told to. */
class FakeServer {
  readonly asked: { method: string; url: string; headers: Record<string, string>; body: unknown }[] = [];

  constructor(private readonly answer: { status?: number; headers?: Record<string, string>; body: unknown }) {
    globalThis.fetch = async (url, init = {}) => {
      this.asked.push({
        method: init.method ?? 'GET',
        url: url as string,
        headers: init.headers as Record<string, string>,
        body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      });
      const { status = 200, headers = {}, body } = this.answer;
      return new Response(body === null ? null : JSON.stringify(body), { status, headers });
    };
  }
}

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

const listParams = (meta?: { after?: string }) => ({
  pagination: { page: 1, perPage: 50 },
  sort: { field: 'createdAt', order: 'DESC' as const },
  filter: { status: ['declined'] },
  meta,
});

describe('a list', () => {
  it('is asked for in the dialect of the API, and tells the way to its neighbours', async () => {
    const server = new FakeServer({ body: { data: [{ id: 'sid_1' }], next: 'n', prev: null } });

    const page = await dataProvider.getList('sessions', listParams({ after: 'cursor' }));

    const url = new URL(server.asked[0]?.url ?? '', 'http://x');
    expect(url.pathname).toBe('/admin/api/sessions');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      filter: '{"status":["declined"]}',
      sort: '-createdAt',
      limit: '50',
      after: 'cursor',
    });
    expect(page).toEqual({
      data: [{ id: 'sid_1' }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
      meta: { next: 'n', prev: null },
    });
  });

  it('is not asked for with a card number in its address', async () => {
    const server = new FakeServer({ body: { data: [], next: null, prev: null } });

    const error = await dataProvider
      .getList('sessions', { ...listParams(), filter: { reference: '4242 4242 4242 4242' } })
      .catch((failure: unknown) => failure as ApiError);

    expect(error).toMatchObject({ codes: ['card_number_in_address'] });
    expect(server.asked).toEqual([]);
  });

  it('fails with what the server said', async () => {
    const body = { request_id: 'req-1', error_type: 'unprocessable_entity', error_codes: ['filter_status_invalid'] };
    new FakeServer({ status: 422, body });

    const error = await dataProvider.getList('sessions', listParams()).catch((failure: unknown) => failure as ApiError);

    expect(error).toMatchObject({ status: 422, codes: ['filter_status_invalid'], requestId: 'req-1' });
  });
});

describe('several by their ids', () => {
  it('are asked for in portions that the server takes', async () => {
    const server = new FakeServer({ body: { data: [{ id: 'mer_1' }], next: null, prev: null } });
    const ids = Array.from({ length: 101 }, (_, index) => `mer_${index}`);

    const { data } = await dataProvider.getMany('merchants', { ids });

    const asked = server.asked.map(({ url }) => Object.fromEntries(new URL(url, 'http://x').searchParams));
    expect(asked).toEqual([
      { filter: JSON.stringify({ id: ids.slice(0, 100) }), limit: '100' },
      { filter: '{"id":["mer_100"]}', limit: '1' },
    ]);
    expect(data).toHaveLength(2);
  });
});

describe('a single thing', () => {
  it('is found by its id, whatever the id holds', async () => {
    const server = new FakeServer({ body: { id: 'x' } });

    await dataProvider.getOne('sessions', { id: '../operators/a?b' });

    expect(server.asked[0]?.url).toBe('/admin/api/sessions/..%2Foperators%2Fa%3Fb');
  });

  it('is changed by what is different', async () => {
    const server = new FakeServer({ body: { id: 'mer_1', name: 'New' } });

    const { data }: { data: unknown } = await dataProvider.update('merchants', {
      id: 'mer_1',
      data: { name: 'New' },
      previousData: {},
    });

    expect(server.asked[0]).toMatchObject({
      method: 'PATCH',
      url: '/admin/api/merchants/mer_1',
      body: { name: 'New' },
    });
    expect(data).toEqual({ id: 'mer_1', name: 'New' });
  });
});

describe('a server that is not there', () => {
  it('is told from one that refuses', async () => {
    globalThis.fetch = async () => Promise.reject(new TypeError('fetch failed'));

    await expect(dataProvider.getOne('sessions', { id: 'x' })).rejects.toMatchObject({
      status: 0,
      codes: ['unreachable'],
    });
  });

  it('is told from something that answers in its place', async () => {
    globalThis.fetch = async () => new Response('<h1>Bad gateway</h1>', { status: 502 });

    await expect(dataProvider.getOne('sessions', { id: 'x' })).rejects.toMatchObject({
      status: 502,
      codes: ['answer_not_understood'],
    });
  });
});
