import { ensurePartitions } from './partitions';

const STORY = { parent: 'story', period: 'day', behind: 1, ahead: 2 } as const;
const AT = new Date('2027-01-01T00:00:00Z');
const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** A database that does what `answers` say, in order. */
function aDatabase(...answers: (Error | number)[]): { db: Parameters<typeof ensurePartitions>[0]; asked: unknown[][] } {
  const asked: unknown[][] = [];
  const query = (_sql: string, values: readonly unknown[]): Promise<{ made: number }[]> => {
    asked.push([...values]);
    const answer = answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve([{ made: answer ?? 0 }]);
  };
  return { db: { query }, asked };
}

describe('ensuring partitions', () => {
  it('asks for those around the instant', async () => {
    const { db, asked } = aDatabase(3);

    expect(await ensurePartitions(db, STORY, AT)).toBe(3);
    expect(asked).toEqual([['story', 'day', 1, 2, AT]]);
  });

  it('comes again when somebody held the table', async () => {
    const { db, asked } = aDatabase(failure('55P03'), failure('40P01'), 1);

    expect(await ensurePartitions(db, STORY, AT)).toBe(1);
    expect(asked).toHaveLength(3);
  });

  it('gives up after a few times', async () => {
    const { db, asked } = aDatabase(...Array.from({ length: 9 }, () => failure('55P03')));

    await expect(ensurePartitions(db, STORY, AT)).rejects.toMatchObject({ code: '55P03' });
    expect(asked).toHaveLength(5);
  });

  it('does not come again for anything else', async () => {
    const { db, asked } = aDatabase(failure('42P01'), 1);

    await expect(ensurePartitions(db, STORY, AT)).rejects.toMatchObject({ code: '42P01' });
    expect(asked).toHaveLength(1);
  });
});
