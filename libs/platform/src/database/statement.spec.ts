import { Statement, textOf } from './statement';

describe('a statement', () => {
  it('is prepared so that the planner sees none of its values', () => {
    const { text, prepared } = new Statement('SELECT 1 FROM t WHERE id = ANY($1::uuid[]) AND at > $12::timestamptz');

    expect(text).toBe('SELECT 1 FROM t WHERE id = ANY($1::uuid[]) AND at > $12::timestamptz');
    expect(prepared).toBe('SELECT 1 FROM t WHERE id = ANY((SELECT $1::uuid[])) AND at > (SELECT $12::timestamptz)');
  });

  it('has a name of its own for each text, which Postgres takes whole', () => {
    const names = ['SELECT $1::text', 'SELECT $1::int', 'SELECT 1'].map((text) => new Statement(text).name);

    expect(new Set(names).size).toBe(3);
    expect(new Statement('SELECT $1::text').name).toBe(names[0]);
    for (const name of names) expect(name).toMatch(/^countersign_[0-9a-f]{24}$/);
  });

  it('says the type of each value', () => {
    expect(() => new Statement('SELECT $1::text, $2')).toThrow('$2 has no type');
  });

  it('is sent as it stands where it has no name', () => {
    expect(textOf(new Statement('SELECT $1::text'))).toBe('SELECT $1::text');
    expect(textOf('SELECT $1')).toBe('SELECT $1');
  });
});
