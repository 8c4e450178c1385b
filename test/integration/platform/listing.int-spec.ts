import { newUuidV4 } from '@app/kernel';
import {
  bindings,
  Database,
  listSql,
  pageOf,
  parseListQuery,
  type Listing,
  type ListPage,
  type ListRow,
  type ListSource,
} from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';

const LISTING = {
  filters: {
    name: { type: 'text', also: ['prefix', 'contains'] },
    amount: { type: 'integer' },
    created_at: { type: 'time' },
    is_large: { type: 'flag' },
    is_small: { type: 'flag' },
  },
  sorts: { created_at: 'time', name: 'text', amount: 'integer', id: 'id' },
  defaultSort: '-created_at',
  members: ['name', 'amount'],
} as const satisfies Listing;

type Filter = keyof typeof LISTING.filters;
type Sort = keyof typeof LISTING.sorts;

const SOURCE: ListSource<Filter, Sort> = {
  filters: {
    name: 't.name',
    amount: 't.amount',
    created_at: 't.created_at',
    is_large: ({ values: [wanted] }, bind) => `(t.amount > 100) = ${bind(wanted)}`,
    is_small: (_condition, _bind, asPage) => `t.id IN (SELECT DISTINCT id FROM thing WHERE amount < 0${asPage('id')})`,
  },
  sorts: { created_at: 't.created_at', name: 't.name', amount: 't.amount', id: 't.id' },
  id: 't.id',
};

const NAMES = ['a', 'A', 'b%', 'b_', 'b\\', 'ä', '', 'zz', '50% off', "it's"];

interface Row extends ListRow {
  id: string;
  name: string;
  amount: string;
}

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = new Database(await createDataSource(test.url, 2).initialize());
  await database.query(
    'CREATE TABLE thing (id uuid PRIMARY KEY, name text NOT NULL, amount bigint NOT NULL, created_at timestamptz NOT NULL)',
  );
  for (let index = 0; index < 60; index++) {
    // Several of each value; times that differ by a microsecond only, and some that do not differ.
    await database.query(
      `INSERT INTO thing VALUES ($1, $2, $3, '2026-11-29T12:00:00.000001Z'::timestamptz + $4 * interval '1 microsecond')`,
      [newUuidV4(), NAMES[index % NAMES.length], (index % 7) * 50 - 100, Math.floor(index / 3)],
    );
  }
});

afterAll(async () => {
  await database?.onApplicationShutdown();
  await test?.drop();
});

async function page(parameters: Record<string, string>): Promise<ListPage> {
  const query = parseListQuery(LISTING, parameters);
  const { values, bind } = bindings();
  const { columns, conditions, order } = listSql(query, SOURCE, bind);
  const rows = await database.query<Row>(
    `SELECT t.id, t.name, t.amount, ${columns} FROM thing t WHERE true${conditions} ${order}`,
    values,
  );
  return pageOf(query, rows, ({ id, name, amount }) => ({ id, name, amount: Number(amount) }));
}

const idsOf = ({ data }: ListPage): string[] => data.map((one) => (one as { id: string }).id);

/** All pages from the first to the last, or from the last to the first. */
async function walk(parameters: Record<string, string>, way: 'next' | 'prev', from?: string): Promise<ListPage[]> {
  const pages: ListPage[] = [];
  for (let after = from; ; after = pages.at(-1)?.[way] ?? undefined) {
    if (pages.length > 0 && after === undefined) return pages;
    pages.push(await page({ ...parameters, ...(after === undefined ? {} : { after }) }));
  }
}

describe('a list', () => {
  it.each(['created_at', 'name', 'amount', 'id'].flatMap((sort) => [sort, `-${sort}`]))(
    'sorted by %s loses and repeats nothing, in either direction',
    async (sort) => {
      const column = sort.replace('-', '');
      const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
      const all = await database.query<{ id: string }>(
        `SELECT id FROM thing ORDER BY ${column} ${direction}, id ${direction}`,
      );

      const forwards = await walk({ sort, limit: '7' }, 'next');
      expect(forwards.flatMap(idsOf)).toEqual(all.map(({ id }) => id));
      expect(forwards).toHaveLength(9);
      const last = forwards.at(-1);
      const backwards = await walk({ sort, limit: '7' }, 'prev', last?.prev ?? undefined);
      expect(backwards.toReversed().flatMap(idsOf)).toEqual(forwards.slice(0, -1).flatMap(idsOf));
      expect(backwards.at(-1)).toMatchObject({ prev: null, next: forwards[0]?.next });
    },
  );

  it.each(['id', '-id', 'name'])(
    'sorted by %s is the same through a subquery that is read as the page is',
    async (sort) => {
      const filter = JSON.stringify({ is_small: true });
      const whole = await page({ sort, filter, limit: '100' });
      const forwards = await walk({ sort, filter, limit: '5' }, 'next');
      const backwards = await walk({ sort, filter, limit: '5' }, 'prev', forwards.at(-1)?.prev ?? undefined);

      expect(whole.data).toHaveLength(18);
      expect(forwards.flatMap(idsOf)).toEqual(idsOf(whole));
      expect(backwards.toReversed().flatMap(idsOf)).toEqual(forwards.slice(0, -1).flatMap(idsOf));
    },
  );

  it('has a subquery read from where the page begins, in its direction, where that is the order of ids', async () => {
    const filter = JSON.stringify({ is_small: true });
    const conditions = async (sort: string, way: 'next' | 'prev'): Promise<string> => {
      const first = await page({ sort, filter, limit: '5' });
      const second = await page({ sort, filter, limit: '5', after: first.next ?? '' });
      const query = parseListQuery(LISTING, { sort, filter, after: second[way] ?? '' });
      return listSql(query, SOURCE, bindings().bind).conditions;
    };

    expect(await conditions('-id', 'next')).toContain('AND id < $1::uuid ORDER BY id DESC)');
    expect(await conditions('-id', 'prev')).toContain('AND id > $1::uuid ORDER BY id ASC)');
    expect(await conditions('name', 'next')).toContain('WHERE amount < 0)');
  });

  it('shows rows that come in between on the page where they belong', async () => {
    const first = await page({ sort: 'name', limit: '5' });
    const id = newUuidV4();
    await database.query(`INSERT INTO thing VALUES ($1, '', 0, now())`, [id]);

    const rest = await walk({ sort: 'name', limit: '50' }, 'next', first.next ?? undefined);

    expect(rest.flatMap(idsOf)).toHaveLength(55 + Number(rest.flatMap(idsOf).includes(id)));
    await database.query('DELETE FROM thing WHERE id = $1', [id]);
  });

  const count = async (filter: object): Promise<number> =>
    (await page({ filter: JSON.stringify(filter), limit: '100' })).data.length;

  it.each<[object, number]>([
    [{ name: 'a' }, 6],
    [{ name: ['a', 'A'] }, 12],
    [{ name: { prefix: 'b' } }, 18],
    [{ name: { prefix: 'b%' } }, 6],
    [{ name: { prefix: 'b_' } }, 6],
    [{ name: { prefix: 'b\\' } }, 6],
    [{ name: { contains: '% O' } }, 6],
    [{ name: { contains: 'Z' } }, 6],
    [{ name: "it's" }, 6],
    [{ name: "' OR true --" }, 0],
    [{ amount: { gte: 0, lt: 100 } }, 18],
    [{ amount: -100 }, 9],
    [{ created_at: { lte: '2026-11-29T12:00:00Z' } }, 0],
    [{ created_at: { lt: '2026-11-29T12:00:00.001Z' } }, 60],
    [{ is_large: true }, 16],
    [{ is_large: false, name: 'a' }, 4],
  ])('filtered by %j has %d rows', async (filter, rows) => {
    expect(await count(filter)).toBe(rows);
  });

  it('shows the fields that were asked for, and the id', async () => {
    expect((await page({ fields: 'amount', limit: '1' })).data).toEqual([
      { id: expect.any(String) as string, amount: expect.any(Number) as number },
    ]);
  });

  it('has no neighbours when it is empty', async () => {
    expect(await page({ filter: '{"name":"nothing"}' })).toEqual({ data: [], next: null, prev: null });
  });
});
