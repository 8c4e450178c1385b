import { steady } from './steady';

const rows = (...states: [string, string][]): { id: string; status: string }[] =>
  states.map(([id, status]) => ({ id, status }));

describe('a list that is asked for again', () => {
  it('keeps its rows where they are, and has them say what they say now', () => {
    const shown = rows(['c', 'pending'], ['b', 'pending'], ['a', 'approved']);
    const fresh = rows(['e', 'pending'], ['d', 'pending'], ['c', 'approved']);

    expect(steady(shown, fresh)).toEqual({
      rows: rows(['c', 'approved'], ['b', 'pending'], ['a', 'approved']),
      newCount: 2,
    });
  });

  it('counts nothing where nothing came', () => {
    const shown = rows(['b', 'x'], ['a', 'x']);

    expect(steady(shown, rows(['a', 'x']))).toEqual({ rows: shown, newCount: 0 });
  });

  it('shows what came to an empty list only when asked to', () => {
    expect(steady([], rows(['a', 'x']))).toEqual({ rows: [], newCount: 1 });
  });
});
