import { createHmac } from 'node:crypto';
import {
  createLogger,
  type AuditEntry,
  type Database,
  type MacKeys,
  type Queryable,
  type AdminRequests,
} from '@app/platform';
import { AuditLog } from './audit-log.service';
import { CHAIN_START, type AuditFacts, type ChainEnd } from './domain/audit-chain';
import type { AuditRepository, StoredEntry } from './persistence/audit.repository';

/** The two tables in memory; `tx` is nothing here. */
class Tables implements Pick<AuditRepository, 'lockEnd' | 'end' | 'append' | 'after'> {
  readonly entries: StoredEntry[] = [];

  end(): Promise<ChainEnd> {
    return Promise.resolve(this.entries.at(-1) ?? CHAIN_START);
  }

  lockEnd(): Promise<ChainEnd> {
    return this.end();
  }

  append(facts: AuditFacts, mac: Buffer): Promise<void> {
    this.entries.push({ ...facts, mac });
    return Promise.resolve();
  }

  after(seq: number, limit: number): Promise<StoredEntry[]> {
    return Promise.resolve(this.entries.filter((entry) => entry.seq > seq).slice(0, limit));
  }
}

const TX: Queryable = { query: () => Promise.resolve([]) };

const entry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  at: new Date('2026-11-29T12:00:00Z'),
  by: { kind: 'command_line', wireId: null, name: 'root', origin: { address: null, requestId: null } },
  act: 'operator.disabled',
  subject: 'opr_1',
  merchantId: null,
  ...change,
});

function house(): { log: AuditLog; tables: Tables; ends: () => string[] } {
  const tables = new Tables();
  const lines: string[] = [];
  const database = { transaction: <T>(work: (tx: Queryable) => Promise<T>) => work(TX) };
  const macKeys = {
    mac: (purpose: string, data: string) => Promise.resolve(createHmac('sha256', purpose).update(data).digest()),
  };
  const log = new AuditLog(
    database as unknown as Database,
    tables as unknown as AuditRepository,
    macKeys as unknown as MacKeys,
    { noteDone: () => Promise.resolve() } as unknown as AdminRequests,
    createLogger('info', { write: (line) => lines.push(line) }),
  );
  const ends = (): string[] => lines.map((line) => String((JSON.parse(line) as { chainEnd: string }).chainEnd));
  return { log, tables, ends };
}

describe('the audit log', () => {
  it('tells its end once that is committed', async () => {
    const { log, tables, ends } = house();

    await log.record(entry());

    expect(ends()).toEqual([`1:${tables.entries[0]?.mac.toString('hex')}`]);
  });

  it('tells no end of an act that may still be taken back', async () => {
    const { log, ends } = house();

    await log.record(entry(), TX);
    expect(ends()).toEqual([]);

    await log.tellEnd();
    expect(ends()).toHaveLength(1);
  });

  it('tells no end where there is no entry', async () => {
    const { log, ends } = house();

    await log.tellEnd();

    expect(ends()).toEqual([]);
  });

  it('has come by every end that it told', async () => {
    const { log, tables } = house();
    for (let act = 0; act < 3; act++) await log.record(entry());

    for (const { seq, mac } of tables.entries) expect(await log.verify({ seq, mac })).toMatchObject({ intact: true });
  });

  it('holds no card number that somebody gave as a reason', async () => {
    const { log, tables } = house();

    await log.record(entry({ reason: 'asked about 4242424242424242' }));

    expect(tables.entries[0]?.reason).toBe('asked about [masked]');
    expect(await log.verify()).toMatchObject({ intact: true, entries: 1 });
  });
});
