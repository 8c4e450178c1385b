import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { Coalescer } from './coalescer';

/** A database of which the test decides when and how every statement ends. */
class Statements {
  readonly begun: { items: readonly string[]; end: (error?: Error) => void }[] = [];
  underWay = 0;
  most = 0;

  readonly perform = (items: readonly string[]): Promise<string[]> => {
    this.most = Math.max(this.most, ++this.underWay);
    return new Promise((resolve, reject) => {
      this.begun.push({
        items,
        end: (error) => {
          this.underWay--;
          if (error === undefined) resolve(items.map((item) => `${item} done`));
          else reject(error);
        },
      });
    });
  };

  async end(index: number, error?: Error): Promise<void> {
    this.begun[index]?.end(error);
    await turn();
    await turn();
  }

  get batches(): (readonly string[])[] {
    return this.begun.map(({ items }) => items);
  }
}

const failure = (code?: string): Error => Object.assign(new Error(`statement failed: ${code}`), { code });

/** Submits them in one turn; tells of each what became of it. */
const submitAll = (to: Coalescer<string, string>, ...items: string[]): Promise<string[]> =>
  Promise.all(items.map((item) => to.submit(item).catch((error: Error) => error.message)));

let statements: Statements;
beforeEach(() => (statements = new Statements()));

const coalescer = (concurrency = 2, batch = 3): Coalescer<string, string> =>
  new Coalescer(statements.perform, { concurrency, batch });

describe('items that are submitted', () => {
  it('go at once when nothing is under way', async () => {
    const answer = coalescer().submit('a');
    await turn();

    expect(statements.batches).toEqual([['a']]);
    await statements.end(0);
    expect(await answer).toBe('a done');
  });

  it('in the same turn go together, in their order, each with its own result', async () => {
    const one = coalescer();
    const answers = submitAll(one, 'a', 'b', 'c');
    await turn();

    expect(statements.batches).toEqual([['a', 'b', 'c']]);
    await statements.end(0);
    expect(await answers).toEqual(['a done', 'b done', 'c done']);
  });

  it('wait while as many statements as allowed are under way, then go together', async () => {
    const one = coalescer(2, 3);
    for (const item of ['a', 'b']) {
      void one.submit(item);
      await turn();
    }
    const late = submitAll(one, 'c', 'd', 'e', 'f');
    await turn();
    expect(statements.batches).toEqual([['a'], ['b']]);

    await statements.end(0);
    expect(statements.batches).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
    await statements.end(1);
    expect(statements.batches.at(-1)).toEqual(['f']);
    await statements.end(2);
    await statements.end(3);

    expect(await late).toEqual(['c done', 'd done', 'e done', 'f done']);
    expect(statements.most).toBe(2);
  });

  it('are not answered before their statement is through', async () => {
    let answered = false;
    void coalescer()
      .submit('a')
      .then(() => (answered = true));
    await turn();
    await turn();

    expect(answered).toBe(false);
    await statements.end(0);
    expect(answered).toBe(true);
  });
});

describe('a statement that fails', () => {
  it.each(['23505', '22001', '21000', '40P01', '40001'])(
    'with %s has done nothing: its items are tried again, each alone, and only the bad one is refused',
    async (code) => {
      const one = coalescer();
      const answers = submitAll(one, 'a', 'bad', 'c');
      await turn();

      await statements.end(0, failure(code));
      await statements.end(1);
      await statements.end(2, failure(code));
      await statements.end(3);

      expect(statements.batches).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
      expect(await answers).toEqual(['a done', `statement failed: ${code}`, 'c done']);
    },
  );

  // The connection broke, the server went away, or nobody knows: the rows may be there.
  it.each(['57P01', '08006', '40003', 'ECONNRESET', undefined])(
    'with %s has an unknown outcome: every item hears of it and none is tried again',
    async (code) => {
      const one = coalescer();
      const answers = submitAll(one, 'a', 'b');
      await turn();

      await statements.end(0, failure(code));

      expect(await answers).toEqual([`statement failed: ${code}`, `statement failed: ${code}`]);
      expect(statements.batches).toEqual([['a', 'b']]);
    },
  );

  it('alone in its statement is refused without a second try', async () => {
    const answer = submitAll(coalescer(), 'bad');
    await turn();
    await statements.end(0, failure('23505'));

    expect(await answer).toEqual(['statement failed: 23505']);
    expect(statements.batches).toEqual([['bad']]);
  });

  it('does not keep those that wait from having their turn', async () => {
    const one = coalescer(1, 2);
    const answers = submitAll(one, 'a', 'b', 'c', 'd');
    await turn();
    await statements.end(0, failure('57P01'));
    await statements.end(1);

    expect(statements.batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(await answers).toEqual(['statement failed: 57P01', 'statement failed: 57P01', 'c done', 'd done']);
  });

  it('by throwing before it was sent is no different', async () => {
    const one = new Coalescer<string, string>(
      () => {
        throw failure('no connection');
      },
      { concurrency: 1, batch: 2 },
    );

    expect(await submitAll(one, 'a', 'b', 'c')).toEqual([
      'statement failed: no connection',
      'statement failed: no connection',
      'statement failed: no connection',
    ]);
  });
});

it('answers every item exactly once with what became of it, whatever comes and fails', async () => {
  const fates = ['done', '23505', '57P01'] as const;
  const arrivals = fc.array(fc.record({ fate: fc.constantFrom(...fates), waits: fc.nat(2) }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), async (items, c, b) => {
      const stored: number[] = [];
      let underWay = 0;
      const one = new Coalescer<number, number>(
        async (batch) => {
          expect(++underWay).toBeLessThanOrEqual(c);
          expect(batch.length).toBeLessThanOrEqual(b);
          await turn();
          underWay--;
          for (const code of ['57P01', '23505']) {
            if (batch.some((index) => items[index]?.fate === code)) throw failure(code);
          }
          stored.push(...batch);
          return batch;
        },
        { concurrency: c, batch: b },
      );
      const answers: Promise<'stored' | 'failed'>[] = [];
      for (const [index, { waits }] of items.entries()) {
        answers.push(
          one.submit(index).then(
            (result) => {
              expect(result).toBe(index);
              return 'stored';
            },
            () => 'failed',
          ),
        );
        for (let turns = 0; turns < waits; turns++) await turn();
      }
      const heard = await Promise.all(answers);

      expect([...stored].sort((x, y) => x - y)).toEqual([...new Set(stored)].sort((x, y) => x - y));
      expect(heard.flatMap((what, index) => (what === 'stored' ? [index] : []))).toEqual(
        [...stored].sort((x, y) => x - y),
      );
      // A refused item fails nobody but itself; only an unknown outcome may take its neighbours along.
      if (!items.some(({ fate }) => fate === '57P01')) {
        expect(heard).toEqual(items.map(({ fate }) => (fate === 'done' ? 'stored' : 'failed')));
      }
    }),
    { numRuns: 200 },
  );
});
