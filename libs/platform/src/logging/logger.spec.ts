import { createLogger } from './logger';

/** What is logged of an error. */
function logged(err: unknown): Record<string, unknown> {
  const lines: string[] = [];
  createLogger('info', { write: (line) => void lines.push(line) }).error({ err }, 'it failed');
  return (JSON.parse(lines[0] ?? '{}') as { err: Record<string, unknown> }).err;
}

describe('an error in the log', () => {
  it('has its type, message and stack, and what Postgres calls it', () => {
    const error = Object.assign(new TypeError('duplicate key'), { code: '23505', constraint: 'pk_session' });

    expect(logged(error)).toEqual({
      type: 'TypeError',
      message: 'duplicate key',
      stack: expect.stringContaining('logger.spec') as string,
      code: '23505',
      constraint: 'pk_session',
    });
  });

  it('has nothing else of it: details hold the contents of rows', () => {
    const error = Object.assign(new Error('violates check'), {
      detail: 'Failing row contains (4242424242424242)',
      where: 'PL/pgSQL 4242424242424242',
      request: { body: '4242424242424242' },
      cause: Object.assign(new Error('inner'), { detail: '4242424242424242' }),
    });

    const line = logged(error);

    expect(JSON.stringify(line)).not.toContain('4242424242424242');
    expect(line['cause']).toMatchObject({ type: 'Error', message: 'inner' });
  });

  it('that goes round in circles comes to an end', () => {
    const error = new Error('round');
    error.cause = error;

    expect(JSON.stringify(logged(error)).match(/"cause"/g)).toHaveLength(5);
  });

  it('that is none says only what it is', () => {
    expect(logged('4242424242424242')).toEqual({ type: 'string' });
  });
});
