import { Client } from 'pg';

const WITHIN_MS = 2_000;

/**
 * Tells whether the database answers, over a connection of its own: the pool's line of waiting requests says how busy we
 * are, not whether we are ready, and a replica that is taken out because it is busy makes the others busier.
 */
export class DatabaseProbe {
  private client: Client | null = null;
  private looking: Promise<void> | null = null;

  constructor(private readonly url: string) {}

  /** Resolves when it answers; those who ask at the same time share one look. @throws what the driver says */
  check(): Promise<void> {
    this.looking ??= this.look().finally(() => (this.looking = null));
    return this.looking;
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = null;
    await client?.end();
  }

  private async look(): Promise<void> {
    this.client ??= await this.connect();
    const { client } = this;
    try {
      await client.query('SELECT 1');
    } catch (error) {
      this.drop(client);
      // Once more on a new connection: the old one may have been idle for long, and somebody has cut it.
      this.client = await this.connect();
      await this.client.query('SELECT 1').catch((again: unknown) => {
        this.drop(this.client);
        throw new Error('The database does not answer', { cause: again ?? error });
      });
    }
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: WITHIN_MS,
      query_timeout: WITHIN_MS,
      keepAlive: true,
      application_name: 'countersign readiness',
    });
    // Lost while idle: the next look makes a new one.
    client.on('error', () => this.drop(client));
    await client.connect();
    return client;
  }

  private drop(client: Client | null): void {
    if (this.client === client) this.client = null;
    void client?.end().catch(() => undefined);
  }
}
