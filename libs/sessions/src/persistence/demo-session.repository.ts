import { CALLBACK_COLUMNS } from '@app/callbacks';
import { Database, storableJson } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { DemoStory } from '../demo/demo-story';
import { attemptRow, eventRows, exchangeRows, insertRows, sessionRow, type Row } from './session.rows';
import { ensureSessionPartitions } from './session.partitions';

const ofNew = ' WHERE r.session_id IN (SELECT id FROM new)';

const CALLBACK_STORY_COLUMNS = [
  ...CALLBACK_COLUMNS,
  'state',
  'tries',
  'step',
  'last_status',
  'last_problem',
  'delivered_at',
  'subject_told_at',
];
const LEG_COLUMNS = ['session_id', 'merchant_id', 'leg', 'at'];
const DELIVERY_COLUMNS = ['message_id', 'try', 'at', 'latency_ms', 'status', 'problem'];

const selected = (columns: readonly string[]): string => columns.map((column) => `r.${column}`).join(', ');

/** A whole story hangs on its session's being new: a second run adds nothing to what the first one left. */
const INSERT_STORIES = `WITH new AS (${insertRows('session', '$1')} ON CONFLICT DO NOTHING RETURNING id),
  attempts AS (${insertRows('attempt', '$2', ofNew)}),
  events AS (${insertRows('session_event', '$3', ofNew)}),
  exchanges AS (${insertRows('exchange', '$4', ofNew)}),
  messages AS (
    INSERT INTO callback_message (${CALLBACK_STORY_COLUMNS.join(', ')})
    SELECT ${selected(CALLBACK_STORY_COLUMNS)} FROM json_populate_recordset(NULL::callback_message, $5::json) r${ofNew}
    RETURNING id),
  deliveries AS (
    INSERT INTO callback_delivery (${DELIVERY_COLUMNS.join(', ')})
    SELECT ${selected(DELIVERY_COLUMNS)} FROM json_populate_recordset(NULL::callback_delivery, $6::json) r
    WHERE r.message_id IN (SELECT id FROM messages)),
  legs AS (
    INSERT INTO session_leg (${LEG_COLUMNS.join(', ')})
    SELECT ${selected(LEG_COLUMNS)} FROM json_populate_recordset(NULL::session_leg, $7::json) r${ofNew})
  SELECT count(*)::int AS added FROM new`;

/** Stores sessions that never were, for the demo. */
@Injectable()
export class DemoSessionRepository {
  constructor(private readonly database: Database) {}

  ensurePartitions(at: Date): Promise<void> {
    return ensureSessionPartitions(this.database, at);
  }

  async has(sessionId: string): Promise<boolean> {
    const rows = await this.database.query('SELECT 1 FROM session WHERE id = $1', [sessionId]);
    return rows.length > 0;
  }

  /** Stores all of the stories whose sessions are not there yet, in one statement, or none; returns how many. */
  async insert(stories: readonly DemoStory[]): Promise<number> {
    const rows = (of: (story: DemoStory) => readonly Row[]): string => storableJson(stories.flatMap(of));
    const [row] = await this.database.patient.query<{ added: number }>(INSERT_STORIES, [
      rows(lastRow),
      rows(attemptRows),
      rows(({ changes }) =>
        changes.flatMap((change, index) => eventRows(change, positionOf(changes[index - 1]).event)),
      ),
      rows(({ changes }) =>
        changes.flatMap((change, index) => exchangeRows(change, positionOf(changes[index - 1]).exchange)),
      ),
      rows(messageRows),
      rows(deliveryRows),
      rows(legRows),
    ]);
    return row?.added ?? 0;
  }

  /**
   * Tells Postgres what is there now. By itself it looks once a minute: until then it takes full tables for empty ones, and a
   * report of a thousand sessions may take longer than one is given.
   */
  async analyze(): Promise<void> {
    await this.database.patient.query(`ANALYZE ${TABLES.join(', ')}`);
  }
}

/** What reports and lists read of sessions. */
const TABLES = [
  'session',
  'attempt',
  'session_event',
  'session_leg',
  'exchange',
  'callback_message',
  'callback_delivery',
];

type Told = DemoStory['changes'][number];

/** Where the lines after a change go. */
const positionOf = (before: Told | undefined): { event: number; exchange: number } => ({
  event: before?.session.eventSeq ?? 0,
  exchange: before?.session.exchangeSeq ?? 0,
});

function lastRow({ changes }: DemoStory): Row[] {
  return changes.slice(-1).map(({ session }) => sessionRow(session));
}

/** Each attempt as the last change left it, made when the first one told of it. */
function attemptRows({ changes }: DemoStory): Row[] {
  const numbers = [...new Set(changes.map(({ session }) => session.attempt.number))];
  return numbers.flatMap((number) => {
    const own = changes.filter(({ session }) => session.attempt.number === number);
    return own.slice(-1).map(({ session }) => attemptRow(session, own[0]?.session.updatedAt));
  });
}

function messageRows({ callback }: DemoStory): Row[] {
  if (callback === null) return [];
  const { row, state, deliveries, toldAt } = callback;
  const last = deliveries.at(-1);
  const deliveredAt = state === 'delivered' ? toldAt : null;
  return [
    {
      ...row,
      state,
      tries: deliveries.length,
      step: deliveries.filter(({ problem }) => problem !== null).length,
      last_status: last?.status ?? null,
      last_problem: last?.problem ?? null,
      delivered_at: deliveredAt,
      subject_told_at: deliveredAt,
    },
  ];
}

function deliveryRows({ callback }: DemoStory): Row[] {
  if (callback === null) return [];
  return callback.deliveries.map(({ latencyMs, ...delivery }) => ({
    message_id: callback.row.id,
    latency_ms: latencyMs,
    ...delivery,
  }));
}

function legRows({ changes, legs }: DemoStory): Row[] {
  return changes
    .slice(-1)
    .flatMap(({ session }) => legs.map((leg) => ({ session_id: session.id, merchant_id: session.merchantId, ...leg })));
}
