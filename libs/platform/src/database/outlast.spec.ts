import { outlast } from './outlast';

const gone = (): Error => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** Work whose tries end in these ways, one after the other. */
const trying = (...ends: (Error | string)[]): (() => Promise<string>) & { left: typeof ends } => {
  const work = async (): Promise<string> => {
    const end = ends.shift();
    if (typeof end === 'string') return end;
    throw end ?? new Error('Nobody was to try again');
  };
  return Object.assign(work, { left: ends });
};

describe('work that outlasts an absence of the database', () => {
  it('is done again until it can be done', async () => {
    expect(await outlast(60_000, trying(gone(), gone(), 'done'))).toBe('done');
  });

  it('ends with whatever else is wrong with it, at once', async () => {
    const work = trying(gone(), new Error('A bug'), 'done');

    await expect(outlast(60_000, work)).rejects.toThrow('A bug');
    expect(work.left).toEqual(['done']);
  });

  it('ends when its time is over', async () => {
    const work = trying(gone(), 'done');

    await expect(outlast(50, work)).rejects.toThrow('ECONNREFUSED');
    expect(work.left).toEqual(['done']);
  });
});
