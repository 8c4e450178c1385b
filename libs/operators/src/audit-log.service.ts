import { newUuidV7 } from '@app/kernel';
import {
  AdminRequests,
  Database,
  LOG,
  MacKeys,
  storableJson,
  type AuditEntry,
  type AuditSink,
  type AuditTrace,
  type AuditTrail,
  type ListQuery,
  type ListRow,
  type Logger,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import {
  CHAIN_START,
  chainEndText,
  chainText,
  type AuditFacts,
  type AuditLine,
  type ChainEnd,
  type ChainProblem,
  type ChainVerdict,
} from './domain/audit-chain';
import type { AuditFilter, AuditSort } from './domain/listings';
import { masked } from './domain/masked';
import { AuditRepository, type AuditReader, type StoredEntry } from './persistence/audit.repository';

const BATCH = 1_000;
const CHAIN_KEY = 'audit_chain';

/**
 * What operators did, each entry chained to the one before by a hash whose key is sealed: who can change rows in the
 * database, but not open the key, cannot make a chain that holds.
 */
@Injectable()
export class AuditLog implements AuditSink, AuditTrail {
  constructor(
    private readonly database: Database,
    private readonly repository: AuditRepository,
    private readonly macKeys: MacKeys,
    private readonly requests: AdminRequests,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async record(entry: AuditEntry, tx?: Queryable): Promise<void> {
    // The key first: it may have to be read, and nobody should wait for that behind us.
    await this.macKeys.mac(CHAIN_KEY, '');
    if (tx) await this.append(entry, tx);
    else this.tell(await this.database.transaction((own) => this.append(entry, own)));
  }

  /**
   * Writes down, outside of the database, where the chain ends: what `verify` can be held against should the end itself be cut
   * off. Only what is committed: an entry that is taken back with its act leaves no trace.
   */
  async tellEnd(): Promise<void> {
    this.tell(await this.repository.end());
  }

  /**
   * A page of what somebody may see: entries of the merchants of their scope and of what they did themselves to people, programs
   * or the installation; with all merchants, every entry.
   */
  async list(query: ListQuery<AuditFilter, AuditSort>, by: AuditReader): Promise<(AuditLine & ListRow)[]> {
    return this.repository.list(query, by);
  }

  async changeOf(subject: string, since: Date): Promise<AuditTrace | null> {
    return this.repository.changeOf(subject, since);
  }

  /**
   * Looks at every entry there is. `anchor` is an end that was noted elsewhere (a log line `audit log ends`): the chain must have
   * come by it.
   */
  async verify(anchor: ChainEnd | null = null): Promise<ChainVerdict> {
    const end = await this.repository.end();
    let last = CHAIN_START;
    while (last.seq < end.seq) {
      const entries = (await this.repository.after(last.seq, BATCH)).filter(({ seq }) => seq <= end.seq);
      if (entries.length === 0) return broken('entry_missing', last.seq + 1);
      for (const entry of entries) {
        const problem = await this.problemOf(last, entry, anchor);
        if (problem) return broken(problem, last.seq + 1);
        last = { seq: entry.seq, mac: entry.mac };
      }
    }
    if (!last.mac.equals(end.mac) || (await this.reachesBeyond(end))) return broken('end_altered', end.seq);
    if (anchor && anchor.seq > end.seq) return broken('end_missing', end.seq + 1);
    return { intact: true, entries: end.seq, end: chainEndText(end) };
  }

  private async problemOf(last: ChainEnd, entry: StoredEntry, anchor: ChainEnd | null): Promise<ChainProblem | null> {
    if (entry.seq !== last.seq + 1) return 'entry_missing';
    const mac = await this.macOf(last.mac, factsOf(entry));
    if (!mac.equals(entry.mac)) return 'entry_altered';
    return anchor?.seq === entry.seq && !anchor.mac.equals(mac) ? 'anchor_missed' : null;
  }

  /** Whether there are entries behind the end that nobody is adding at this moment. */
  private async reachesBeyond(end: ChainEnd): Promise<boolean> {
    const [next] = await this.repository.after(end.seq, 1);
    return next !== undefined && (await this.repository.end()).seq < next.seq;
  }

  private tell(end: ChainEnd): void {
    if (end.seq > 0) this.log.info({ chainEnd: chainEndText(end) }, 'audit log ends');
  }

  private async append(entry: AuditEntry, tx: Queryable): Promise<ChainEnd> {
    // Before the end is held, for which others wait.
    await this.requests.noteDone(tx, entry.merchantId);
    const end = await this.repository.lockEnd(tx);
    const facts = toFacts(entry, end.seq + 1);
    const mac = await this.macOf(end.mac, facts);
    await this.repository.append(facts, mac, tx);
    return { seq: facts.seq, mac };
  }

  private macOf(previous: Buffer, facts: AuditFacts): Promise<Buffer> {
    return this.macKeys.mac(CHAIN_KEY, chainText(previous, facts));
  }
}

const broken = (problem: ChainProblem, brokenAt: number): ChainVerdict => ({ intact: false, problem, brokenAt });

/** What will be stored, exactly as it will be read again. */
function toFacts({ at, by, act, subject, merchantId, before, after, reason }: AuditEntry, seq: number): AuditFacts {
  const stored = (value: unknown): unknown =>
    JSON.parse(storableJson(masked(JSON.parse(JSON.stringify(value ?? null)))));
  return {
    id: newUuidV7(at),
    seq,
    atMicros: `${at.getTime()}000`,
    merchantId,
    actorKind: by.kind,
    actorId: by.wireId,
    actorName: by.name,
    act,
    subject,
    before: stored(before),
    after: stored(after),
    reason: stored(reason) as string | null,
    address: by.origin.address,
    requestId: by.origin.requestId,
  };
}

function factsOf({
  id,
  seq,
  atMicros,
  merchantId,
  actorKind,
  actorId,
  actorName,
  act,
  subject,
  before,
  after,
  reason,
  address,
  requestId,
}: StoredEntry): AuditFacts {
  return {
    id,
    seq,
    atMicros,
    merchantId,
    actorKind,
    actorId,
    actorName,
    act,
    subject,
    before,
    after,
    reason,
    address,
    requestId,
  };
}
