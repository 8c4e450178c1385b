/**
 * How the names of merchants' addresses resolve: by questions of our own, which hold no thread. What the system's resolver
 * is asked holds one of the few that all files, passwords and other connections share, for as long as a name server keeps
 * silent; a merchant whose names do not resolve must not hold up anybody's payment.
 */
import {
  lookup,
  NODATA,
  NOTFOUND,
  REFUSED,
  CONNREFUSED,
  Resolver,
  type LookupAddress,
  type LookupOptions,
} from 'node:dns';
import { isIP } from 'node:net';

type Done = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
type Options = Pick<LookupOptions, 'family'>;

/** Each question, and how often it is asked, of each name server. */
const PATIENCE = { timeout: 2_000, tries: 2 };

/** Names that a name server does not know may be in the machine's own list, or need its search path. */
const ASK_THE_SYSTEM: ReadonlySet<string> = new Set([NOTFOUND, NODATA, REFUSED, CONNREFUSED]);
/** Threads that may wait for the system's resolver at a time, of at least four. */
const MOST_AT_A_TIME = 2;
/** What the system did not find either is not asked of it again for so long. */
const UNKNOWN_FOR_MS = 30_000;
/** Names that are remembered to be unknown. */
const MOST_REMEMBERED = 10_000;

/** Resolves names of merchants' addresses. */
export class MerchantNames {
  private readonly waiting = new Map<string, Done[]>();
  private readonly queue: string[] = [];
  private readonly unknown = new Map<string, { readonly until: number; readonly error: NodeJS.ErrnoException }>();
  private asking = 0;

  constructor(
    private readonly resolver: Pick<Resolver, 'resolve4' | 'resolve6'> = new Resolver(PATIENCE),
    private readonly system: (name: string, options: { all: true }, done: Done) => void = lookup,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * All addresses of a name, those of IPv4 first; as `dns.lookup` with `all`.
   * @param done is called once; the error has a code of `node:dns`
   */
  readonly resolve = (hostname: string, { family }: Options, done: Done): void => {
    const version = isIP(hostname);
    if (version !== 0) return done(null, [{ address: hostname, family: version }]);
    if (/(^|\.)localhost\.?$/i.test(hostname)) return this.askSystem(hostname, done);
    let open = 2;
    const found: Record<4 | 6, LookupAddress[]> = { 4: [], 6: [] };
    const errors: NodeJS.ErrnoException[] = [];
    const answer =
      (version: 4 | 6) =>
      (error: NodeJS.ErrnoException | null, addresses?: readonly string[]): void => {
        if (error) errors.push(error);
        else found[version] = (addresses ?? []).map((address) => ({ address, family: version }));
        if (--open > 0) return;
        const all = [...found[4], ...found[6]].filter((one) =>
          family !== 4 && family !== 6 ? true : one.family === family,
        );
        if (all.length > 0) return done(null, all);
        const other = errors.find(({ code = '' }) => !ASK_THE_SYSTEM.has(code));
        if (other) done(other, []);
        else this.askSystem(hostname, done);
      };
    this.resolver.resolve4(hostname, answer(4));
    this.resolver.resolve6(hostname, answer(6));
  };

  private askSystem(name: string, done: Done): void {
    const known = this.unknown.get(name);
    if (known && known.until > this.now()) return done(known.error, []);
    const others = this.waiting.get(name);
    if (others) {
      others.push(done);
      return;
    }
    this.waiting.set(name, [done]);
    this.queue.push(name);
    this.askNext();
  }

  private askNext(): void {
    while (this.asking < MOST_AT_A_TIME) {
      const name = this.queue.shift();
      if (name === undefined) return;
      this.asking++;
      this.system(name, { all: true }, (error, addresses) => {
        this.asking--;
        const waiting = this.waiting.get(name) ?? [];
        this.waiting.delete(name);
        if (error) this.remember(name, error);
        for (const done of waiting) done(error, addresses);
        this.askNext();
      });
    }
  }

  private remember(name: string, error: NodeJS.ErrnoException): void {
    this.unknown.delete(name);
    this.unknown.set(name, { until: this.now() + UNKNOWN_FOR_MS, error });
    const [oldest] = this.unknown.keys();
    if (this.unknown.size > MOST_REMEMBERED && oldest !== undefined) this.unknown.delete(oldest);
  }
}
