/** Jobs in tests: who wants them, a worker that is the test's to call, and their end. */
import { CallbackReplays } from '@app/callbacks';
import { newUuidV7 } from '@app/kernel';
import { ADMIN_ACTORS, APP_CONFIG, LOG, type AdminActor, type AppConfig, type MerchantScope } from '@app/platform';
import { CallbackActs } from '../../../libs/sessions/src/admin/callback-acts.service';
import { SessionActs } from '../../../libs/sessions/src/admin/session-acts.service';
import { Inquiries } from '../../../libs/sessions/src/inquiries.service';
import { BulkJobRunner } from '../../../libs/sessions/src/jobs/bulk-job.runner';
import { BulkJobRepository } from '../../../libs/sessions/src/persistence/bulk-job.repository';
import type { House } from './house';

/** A job as the API shows it. */
export interface Shown {
  readonly id: string;
  readonly state: string;
  readonly stop_code: string | null;
  readonly total: number;
  readonly counts: Readonly<Record<'waiting' | 'done' | 'failed' | 'skipped', number>>;
  readonly failures: readonly { readonly session_id: string; readonly message_id?: string; readonly code: string }[];
}

/** A process of its own, which has nothing to do yet. */
export const aRunner = (on: House): BulkJobRunner =>
  new BulkJobRunner(
    on.get(BulkJobRepository),
    on.get(SessionActs),
    on.get(CallbackActs),
    on.get(Inquiries),
    on.get(CallbackReplays),
    on.database,
    on.get(ADMIN_ACTORS as never),
    { ...on.get<AppConfig>(APP_CONFIG as never), role: 'worker' },
    on.clock,
    on.get(LOG as never),
  );

/** Somebody who is in the database, as the guard makes them. */
export async function operatorOf(house: House, merchants: MerchantScope = 'all'): Promise<AdminActor> {
  const id = newUuidV7(new Date());
  await house.database.query(
    `INSERT INTO operator (id, email, name, role, merchant_ids, status, password_hash, created_at, updated_at)
     VALUES ($1, $2, 'Ada', 'operator', $3, 'active', '$argon2id$', now(), now())`,
    [id, `${id}@example.com`, merchants === 'all' ? null : merchants],
  );
  const actor = await house
    .get<{ find: (kind: string, id: string, origin: object) => Promise<AdminActor | null> }>(ADMIN_ACTORS as never)
    .find('operator', id, { address: '192.0.2.1', requestId: null });
  if (!actor) throw new Error('Nobody was made');
  return actor;
}

/** Lets these work until no job is running any more. */
export async function jobsEnd(house: House, ...runners: readonly BulkJobRunner[]): Promise<void> {
  const running = `SELECT 1 FROM bulk_job WHERE state = 'running'`;
  do {
    await Promise.all(runners.map((runner) => runner.tick()));
    await Promise.all(runners.map((runner) => runner.settled()));
    await Promise.all(runners.map((runner) => runner.tick()));
  } while ((await house.database.query(running)).length > 0);
}
