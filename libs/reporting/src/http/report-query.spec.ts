import { InvalidRequest } from '@app/kernel';
import { readDimension, readReportQuery, readTrend } from './report-query';

const NOW = new Date('2026-03-31T12:00:00.000Z');

const codesOf = (read: () => unknown): readonly string[] => {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof InvalidRequest) return error.codes;
    throw error;
  }
};
const codes = (parameters: Record<string, unknown>): readonly string[] =>
  codesOf(() => readReportQuery(parameters, NOW));

describe('what a report is about', () => {
  it('is the live sessions of the last thirty days, where nothing else is said', () => {
    expect(readReportQuery({}, NOW)).toEqual({
      from: new Date('2026-03-01T12:00:00.000Z'),
      to: NOW,
      traffic: 'live',
      basis: 'raw',
      conditions: [],
    });
  });

  it('is what the query string says', () => {
    const query = readReportQuery(
      {
        from: '2026-03-01T00:00:00+01:00',
        to: '2026-03-02T00:00:00Z',
        traffic: 'demo',
        basis: 'deduplicated',
        filter: '{"scheme":["visa"]}',
      },
      NOW,
    );

    expect(query).toMatchObject({ from: new Date('2026-02-28T23:00:00Z'), traffic: 'demo', basis: 'deduplicated' });
    expect(query.conditions).toEqual([{ field: 'scheme', operator: 'in', values: ['visa'] }]);
  });

  it.each([
    [{ from: 'yesterday' }, ['from_invalid']],
    [{ from: '2026-03-01T00:00' }, ['from_invalid']],
    [{ to: '1969-01-01T00:00:00Z' }, ['to_invalid']],
    [{ from: '2026-04-01T00:00:00Z' }, ['from_invalid']],
    [{ from: '2025-03-01T00:00:00Z' }, ['from_invalid']],
    [{ from: ['a', 'b'] }, ['from_invalid']],
    [{ traffic: 'both' }, ['traffic_invalid']],
    [{ basis: 'mixed', traffic: 'x' }, ['traffic_invalid', 'basis_invalid']],
    [{ limit: '3' }, ['query_invalid']],
    [{ unit: 'day' }, ['query_invalid']],
    [{ filter: '{"status":"approved"}' }, ['filter_status_invalid']],
    [{ filter: '[' }, ['filter_invalid']],
  ])('refuses %j', (parameters, expected) => {
    expect(codes(parameters)).toEqual(expected);
  });
});

describe('a trend', () => {
  const query = readReportQuery({}, NOW);

  it('has days of UTC where nothing else is said', () => {
    expect(readTrend({}, query)).toEqual({ unit: 'day', zone: 'UTC' });
    expect(readTrend({ unit: 'week', zone: 'America/Argentina/Buenos_Aires' }, query).unit).toBe('week');
  });

  it.each([
    [{ unit: 'minute' }, ['unit_invalid']],
    [{ zone: '+01:00' }, ['zone_invalid']],
    [{ zone: "UTC'; DROP" }, ['zone_invalid']],
    [{ zone: 'Europe/Nowhere' }, ['zone_invalid']],
    [{ zone: 'AET' }, ['zone_invalid']],
    [{ zone: 'MIT' }, ['zone_invalid']],
    [{ zone: ['UTC'] }, ['zone_invalid']],
  ])('refuses %j', (parameters, expected) => {
    expect(codesOf(() => readTrend(parameters, query))).toEqual(expected);
  });

  it('is not finer than anybody can read', () => {
    const long = { ...query, from: new Date('2026-01-01T00:00:00Z') };

    expect(codesOf(() => readTrend({ unit: 'hour' }, long))).toEqual(['unit_invalid']);
    expect(readTrend({ unit: 'day' }, long).unit).toBe('day');
  });
});

it('a split has one of the dimensions', () => {
  expect(readDimension({ by: 'acs' })).toBe('acs');
  expect(codesOf(() => readDimension({}))).toEqual(['by_required']);
  expect(codesOf(() => readDimension({ by: 'status; DROP' }))).toEqual(['by_invalid']);
});
