import { DueTimes } from './due-times';
import { claimEnd, type StepResult } from './domain/decide';
import { canonicalRequest, keyOf, uniqueScopes } from './domain/request-key';
import { inUseUntil } from './domain/schedule';
import type { TokenRow } from './domain/token-row';
import type { TokenRequest, UpstreamToken } from './token-cache.types';
import type { TokenUse } from './token-store';

/** While another process fetches, how soon to look whether it is through. */
const LOOK_AGAIN_MS = 50;

/** What this process knows of one account and request. */
export interface Entry {
  readonly canonical: string;
  readonly key: string;
  readonly accountId: string;
  readonly scopes: readonly string[];
  readonly audience: string | null;
  /** The newest that was asked for. */
  credentialVersion: number;
  row: TokenRow | null;
  /** The row's token is known here only: Postgres was away when it was to be written down. It is good all the same. */
  isUnsaved: boolean;
  /** What is handed out until `servesUntil`; null when there is nothing. */
  token: UpstreamToken | null;
  servesUntil: number;
  /** When there is something to do ahead of anybody's asking. */
  lookAt: number;
  usedAt: number;
  /** What Postgres was told about its use. */
  notedUntil: number;
  /** Requests that waited for the upstream and that Postgres was not told of, and when the last one did. */
  waits: number;
  waitedAt: number | null;
  /** The highest number that the upstream did not take: it is not handed out again. */
  rejected: number;
  /** While that is being written down. */
  rejecting: Promise<void> | null;
  /** What is under way, for everybody who waits for it. */
  step: Promise<StepResult> | null;
  /** How often in a row it was looked whether another is through. */
  looks: number;
}

/** The tokens of one process. Holds no more than `limit` requests. */
export class TokenMemory {
  private readonly entries = new Map<string, Entry>();
  private readonly byKey = new Map<string, Entry>();
  private readonly due = new DueTimes<Entry>();

  constructor(private readonly limit = 50_000) {}

  get size(): number {
    return this.entries.size;
  }

  find(request: TokenRequest): Entry | undefined {
    return this.entries.get(canonicalRequest(request));
  }

  findByKey(key: string): Entry | undefined {
    return this.byKey.get(key);
  }

  /** Finds or makes the entry, and notes the credential that is asked for. */
  open(request: TokenRequest, now: number): Entry {
    const canonical = canonicalRequest(request);
    const entry = this.entries.get(canonical) ?? this.add(canonical, request);
    entry.usedAt = now;
    if (entry.credentialVersion < request.credentialVersion) {
      entry.credentialVersion = request.credentialVersion;
      this.set(entry, entry.row, now);
    }
    return entry;
  }

  /**
   * Takes over what Postgres says, unless something newer is known; gives what then is known. A token that was rejected here is
   * none, whatever an answer says that was under way.
   */
  adopt(entry: Entry, found: TokenRow | null, now: number): TokenRow | null {
    const known = entry.row;
    if (known !== null && isNewer(known, found, entry.isUnsaved)) {
      return this.set(entry, keptUp(known, found), now);
    }
    entry.isUnsaved = false;
    const isRejected = found?.token != null && found.token.sequence <= entry.rejected;
    return this.set(entry, isRejected ? { ...found, token: null, renewAt: now } : found, now);
  }

  /** Takes over what a fetch brought and Postgres could not be told. */
  adoptUnsaved(entry: Entry, row: TokenRow, now: number): void {
    this.adopt(entry, row, now);
    entry.isUnsaved = entry.row === row;
  }

  /** Drops a token that the upstream did not take, if it is the one that is held. */
  reject(entry: Entry, sequence: number, now: number): void {
    entry.rejected = Math.max(entry.rejected, sequence);
    const { row } = entry;
    if (row?.token && row.token.sequence <= sequence) this.set(entry, { ...row, token: null, renewAt: now }, now);
  }

  /** Entries in use that there is something to do for. Others are left until somebody asks. */
  takeDue(now: number): Entry[] {
    return this.due
      .take(now)
      .filter(({ at, item }) => item.lookAt === at && this.isHeld(item) && usedUntil(item) > now)
      .map(({ item }) => item);
  }

  /** Has it looked at again at `at`. */
  lookAgain(entry: Entry, at: number): void {
    entry.lookAt = at;
    this.due.add(at, entry);
  }

  /** Uses that Postgres is to hear of: rarely, at most twice in a token's life, unless somebody had to wait. */
  takeUses(now: number): TokenUse[] {
    const uses: TokenUse[] = [];
    for (const entry of this.entries.values()) {
      const inUseUntil = usedUntil(entry);
      const isKnown = inUseUntil <= now || inUseUntil - entry.notedUntil < (entry.row?.lifeMs ?? 0) / 2;
      const { key, waits, waitedAt } = entry;
      if (isKnown && waits === 0) continue;
      entry.notedUntil = inUseUntil;
      entry.waits = 0;
      uses.push({ key, inUseUntil, waits, waitedAt });
    }
    return uses;
  }

  /** Has uses told again that Postgres could not be told of. */
  putBack(uses: readonly TokenUse[]): void {
    for (const { key, waits } of uses) {
      const entry = this.byKey.get(key);
      if (!entry) continue;
      entry.notedUntil = 0;
      entry.waits += waits;
    }
  }

  forgetAccount(accountId: string): void {
    for (const entry of this.entries.values()) if (entry.accountId === accountId) this.drop(entry);
  }

  /** Lets go of what nobody uses and nobody could use. */
  dropIdle(now: number): void {
    for (const entry of this.entries.values()) {
      if (entry.step === null && usedUntil(entry) <= now && entry.servesUntil <= now) this.drop(entry);
    }
  }

  private add(canonical: string, request: TokenRequest): Entry {
    const oldest = this.entries.size >= this.limit ? this.entries.values().next().value : undefined;
    if (oldest) this.drop(oldest);
    const entry: Entry = {
      canonical,
      key: keyOf(canonical),
      accountId: request.accountId,
      scopes: uniqueScopes(request.scopes),
      audience: request.audience ?? null,
      credentialVersion: request.credentialVersion,
      row: null,
      isUnsaved: false,
      token: null,
      servesUntil: 0,
      lookAt: Infinity,
      usedAt: 0,
      notedUntil: 0,
      waits: 0,
      waitedAt: null,
      rejected: 0,
      rejecting: null,
      step: null,
      looks: 0,
    };
    this.entries.set(canonical, entry);
    this.byKey.set(entry.key, entry);
    return entry;
  }

  private drop(entry: Entry): void {
    entry.row = null;
    entry.token = null;
    entry.servesUntil = 0;
    entry.lookAt = Infinity;
    if (!this.isHeld(entry)) return;
    this.entries.delete(entry.canonical);
    this.byKey.delete(entry.key);
  }

  private isHeld(entry: Entry): boolean {
    return this.entries.get(entry.canonical) === entry;
  }

  private set(entry: Entry, row: TokenRow | null, now: number): TokenRow | null {
    entry.row = row;
    const stored = row?.token ?? null;
    if (stored === null || row === null || row.credentialVersion < entry.credentialVersion) {
      entry.token = null;
      entry.servesUntil = 0;
    } else if (entry.token?.sequence !== stored.sequence) {
      const { accessToken, sequence, expiresAt } = stored;
      entry.token = { accessToken, sequence, expiresAt: new Date(expiresAt) };
      entry.servesUntil = expiresAt;
    }
    if (row !== null && this.isHeld(entry)) this.lookAgain(entry, nextLook(row, now));
    return row;
  }
}

/** Until when an entry counts as in use. */
export function usedUntil({ usedAt, row }: Entry): number {
  return inUseUntil(usedAt, row?.lifeMs ?? null);
}

/** Whether what is known here is to be kept: answers overtake each other. */
function isNewer(known: TokenRow, found: TokenRow | null, isUnsaved: boolean): boolean {
  if (found === null) return isUnsaved;
  if (found.fence !== known.fence) return found.fence < known.fence;
  return isUnsaved ? found.token?.sequence !== known.token?.sequence : found.version < known.version;
}

/** The row moves on under an unsaved token (its claim was kept alive): who names an older version could never claim it again. */
function keptUp(known: TokenRow, found: TokenRow | null): TokenRow {
  return found?.fence === known.fence && found.version > known.version ? { ...known, version: found.version } : known;
}

function nextLook(row: TokenRow, now: number): number {
  const claimedUntil = claimEnd(row, now);
  return claimedUntil === null ? Math.max(row.renewAt, now) : Math.min(claimedUntil, now + LOOK_AGAIN_MS);
}
