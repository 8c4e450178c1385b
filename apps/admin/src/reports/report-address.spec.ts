import {
  boundsOf,
  callbacksCounted,
  questionOf,
  readReportAddress,
  rowsBehind,
  rowsCounted,
  rowsFilter,
  rowsOfHour,
  writeReportAddress,
} from './report-address';

const NOW = new Date('2026-03-31T12:00:30.000Z');
const read = (text: string) => readReportAddress(new URLSearchParams(text));

describe('the address of a report', () => {
  it('is short where everything is as usual', () => {
    expect(writeReportAddress(read(''))).toBe('');
    expect(read('')).toMatchObject({ window: { last: '30d' }, traffic: 'live', basis: 'raw', unit: 'day', filter: {} });
  });

  it('says what it was written from', () => {
    const address = {
      ...read(''),
      window: { gte: '2026-03-01T00:00:00.000Z', lt: '2026-03-02T00:00:00.000Z' },
      traffic: 'demo',
      by: 'acs',
      table: 'acs',
      filter: { scheme: ['visa'] },
    } as const;

    expect(read(writeReportAddress(address))).toEqual(address);
  });

  it('is as usual where it was cut or is none', () => {
    expect(read('window={"last&traffic=all&unit=minute&table=us&filter=[1]')).toEqual(read(''));
  });

  it('asks for whole minutes', () => {
    expect(boundsOf(read(''), NOW)).toEqual({ from: '2026-03-01T12:01:00.000Z', to: '2026-03-31T12:01:00.000Z' });
    expect(questionOf(read('filter={"bin":["4000"]}&basis=deduplicated'), NOW)).toMatchObject({
      basis: 'deduplicated',
      filter: '{"bin":["4000"]}',
    });
  });

  it('leads to the rows behind a figure', () => {
    const filterOf = (path: string): unknown => JSON.parse(new URL(path, 'http://x').searchParams.get('filter') ?? '');

    expect(filterOf(rowsBehind(read('traffic=demo&filter={"scheme":["jcb"]}'), { status: ['approved'] }))).toEqual({
      scheme: ['jcb'],
      created_at: { last: '30d' },
      is_demo: true,
      status: ['approved'],
    });
    expect(filterOf(rowsBehind(read('traffic=test')))).toMatchObject({ environment: ['test'], is_demo: false });
    expect(filterOf(rowsCounted(read(''), ['approved', 'attempted']))).toMatchObject({
      counts_as: ['approved', 'attempted'],
    });
    expect(filterOf(rowsCounted(read(''), ['sessions']))).not.toHaveProperty('counts_as');
  });

  it('leads to the callbacks about the sessions of its window', () => {
    const path = callbacksCounted(read('traffic=test&basis=deduplicated&filter={"scheme":["jcb"]}'), 'dead');

    expect(path).toMatch(/^\/callbacks\?/);
    expect(JSON.parse(new URL(path, 'http://x').searchParams.get('filter') ?? '')).toEqual({
      scheme: ['jcb'],
      environment: ['test'],
      is_demo: false,
      is_last_of_purchase: true,
      session_created_at: { last: '30d' },
      counts_as: ['dead'],
    });
    expect(path).not.toContain('sort=');
  });

  it('leads to the oldest callback first where that is told of', () => {
    const path = callbacksCounted(read(''), 'backlog', 'created_at');

    expect(new URL(path, 'http://x').searchParams.get('sort')).toBe('created_at');
  });

  it('leads to the last tries where those are counted', () => {
    expect(rowsFilter(read('basis=deduplicated'))).toMatchObject({ is_last_of_purchase: true });
    expect(rowsFilter(read(''))).not.toHaveProperty('is_last_of_purchase');
  });

  it('leads to the sessions of a merchant in an hour', () => {
    const path = rowsOfHour('mer_1', '2026-03-01T23:00:00.000Z');

    expect(JSON.parse(new URL(path, 'http://x').searchParams.get('filter') ?? '')).toEqual({
      merchant_id: ['mer_1'],
      created_at: { gte: '2026-03-01T23:00:00.000Z', lt: '2026-03-02T00:00:00.000Z' },
    });
  });

  it('has the rows of its own window, also where only its end was said', () => {
    const address = read('window={"lt":"2026-11-25T00:00:00.000Z"}');

    expect(rowsFilter(address).created_at).toEqual({ gte: '2026-10-26T00:00:00.000Z', lt: '2026-11-25T00:00:00.000Z' });
    expect(boundsOf(address, NOW)).toEqual({ from: '2026-10-26T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' });
  });
});
