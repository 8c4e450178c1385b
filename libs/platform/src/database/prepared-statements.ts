import { type Clock, SystemClock } from '@app/kernel';
import type { ClientBase, QueryConfig } from 'pg';
import type { Statement } from './statement';

/** Whether statements are prepared under their names: always, never, or where nothing stands between us and Postgres. */
export type PreparedStatementsMode = 'on' | 'off' | 'auto';

/** The plan would give other columns than it did: a migration was there. */
const STALE = '0A000';
/** The name is not known on this connection, or was given on it already: a pooler gave us another one. */
const ASTRAY = new Set(['26000', '42P05']);

const DAY_MS = 86_400_000;
/** So many uses fill no table that matters. */
const FEW_USES = 64;

/** How one piece of work sends its statements, and whether it has sent one under its name. */
export interface Naming {
  readonly hasNamed: boolean;
  /** `statement` as the driver is to send it over `client`. */
  configOf(client: ClientBase, statement: Statement, values: readonly unknown[]): Promise<QueryConfig>;
}

/** Sends no names: right everywhere. */
export const UNNAMED: Naming = {
  hasNamed: false,
  configOf: (_client, { text }, values) => Promise.resolve({ text, values: values as unknown[] }),
};

interface Connection {
  /** Whether Postgres itself is at the other end. */
  readonly isStraight: boolean;
  /** Of the names that were given on it; null: none was. */
  generation: string | null;
}

/** Decides over which connections statements go under their names, and when they are prepared anew. */
export class PreparedStatements {
  private readonly connections = new WeakMap<ClientBase, Connection>();
  private day = 0;
  private uses = 0;
  private migrations = 0;

  /** `tellGivenUp` hears why names are used no more, at most once. */
  constructor(
    private mode: PreparedStatementsMode,
    private readonly clock: Clock = new SystemClock(),
    private readonly tellGivenUp: (error: unknown) => void = () => undefined,
  ) {}

  /** For one piece of work: a statement, or a transaction. */
  naming(): Naming {
    if (this.mode === 'off') return UNNAMED;
    const naming = {
      hasNamed: false,
      configOf: async (client: ClientBase, statement: Statement, values: readonly unknown[]): Promise<QueryConfig> => {
        const connection = this.connections.get(client) ?? (await this.lookAt(client));
        if (this.mode === 'auto' && !connection.isStraight) return UNNAMED.configOf(client, statement, values);
        const generation = this.generation();
        if (connection.generation !== generation) {
          // A pooler forgets by itself what is not used any more.
          if (connection.isStraight && connection.generation !== null) await client.query('DEALLOCATE ALL');
          connection.generation = generation;
        }
        naming.hasNamed = true;
        const name = `${statement.name}_${generation}`;
        return { name, text: statement.prepared, values: values as unknown[] };
      },
    };
    return naming;
  }

  /**
   * Tells whether `error` says that a name could not be used. Postgres finds that out before it does anything: the work may
   * be done again without names, over another connection. Where a pooler is in the way, names are given up for good.
   */
  failed(error: unknown): boolean {
    const code = String((error as { code?: unknown } | null)?.code);
    if (code === STALE) this.migrations++;
    if (ASTRAY.has(code) && this.mode !== 'off') {
      this.mode = 'off';
      this.tellGivenUp(error);
    }
    return code === STALE || ASTRAY.has(code);
  }

  /**
   * A kept plan is right for tables as large as they were: it may read a small one from end to end, and would go on so for
   * the minute in which autovacuum does not look. Tables grow with use, and partitions begin with a day (UTC): whenever use
   * has doubled since then, there are new names.
   */
  private generation(): string {
    const day = Math.floor(this.clock.now().getTime() / DAY_MS);
    if (day !== this.day) [this.day, this.uses] = [day, 0];
    const doublings = Math.floor(Math.log2(Math.max(++this.uses, FEW_USES)));
    return `${day}_${doublings}_${this.migrations}`;
  }

  /**
   * A pooler hands out keys of its own for cancelling: the process that the connection was promised is then not the one
   * that answers.
   */
  private async lookAt(client: ClientBase): Promise<Connection> {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const isStraight = rows[0]?.pid === (client as unknown as { processID: unknown }).processID;
    const connection = { isStraight, generation: null };
    this.connections.set(client, connection);
    return connection;
  }
}
