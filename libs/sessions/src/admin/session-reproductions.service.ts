import { DuplicateRequest, encodeId, NotFound, type Clock } from '@app/kernel';
import { AUDIT_SINK, CLOCK, Database, type AdminActor, type AuditSink, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { note } from '../domain/changes';
import { reproduction, type ReproductionPlan } from '../domain/reproduction';
import type { Session } from '../domain/session';
import { SessionReproductionRepository } from '../persistence/session-reproduction.repository';
import { SessionSearchRepository } from '../persistence/session-search.repository';
import { SessionRepository } from '../persistence/session.repository';
import { SessionReader } from '../session-reader.service';
import { SessionWriter } from '../session-writer.service';
import { SIMULATOR, type Simulator } from '../simulator';
import { ActRequests } from './act-requests.service';
import { notReproducible } from './reproduction.errors';
import { Reproducer, type Reproduction } from './reproducer.service';

/** Why an operator wants it, and the key by which the same wish is known again. */
export interface ReproductionWish {
  readonly reason: string | null;
  readonly key: string | null;
}

/** What would be done, and with which session. */
export interface PlannedReproduction {
  /** Null where the request was turned away. */
  readonly session: Session | null;
  readonly plan: ReproductionPlan;
}

/** Replaying at the simulator what a session met. Nothing of it reaches a real issuer, an upstream or the merchant. */
@Injectable()
export class SessionReproductions {
  constructor(
    private readonly search: SessionSearchRepository,
    private readonly repository: SessionRepository,
    private readonly links: SessionReproductionRepository,
    private readonly reproducer: Reproducer,
    private readonly reader: SessionReader,
    private readonly writer: SessionWriter,
    private readonly requests: ActRequests,
    private readonly database: Database,
    @Inject(SIMULATOR) private readonly simulator: Simulator,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What `reproduce` would do now. @throws NotFound */
  async explain(actor: AdminActor, id: string): Promise<PlannedReproduction> {
    const summary = await this.search.find(id, actor.merchants);
    if (!summary) throw new NotFound('session');
    const session = summary.refusalCode === null ? await this.repository.findById(id) : null;
    if (!session) return { session: null, plan: { kind: 'not_possible', code: 'session_refused' } };
    return { session, plan: reproduction(session, await this.simulator.cards()) };
  }

  /**
   * Makes the session that replays it, once for each key, and takes it to its end; gives it as it then stands.
   * @throws NotFound; NotAllowed with the reason why it cannot be; DuplicateRequest when somebody else was faster
   */
  async reproduce(actor: AdminActor, id: string, wish: ReproductionWish): Promise<Session> {
    const { session, plan } = await this.explain(actor, id);
    if (plan.kind === 'not_possible' || !session) {
      throw notReproducible(plan.kind === 'not_possible' ? plan.code : 'session_refused');
    }
    const made = await this.reproducer.make(session, plan, actor);
    if (!(await this.store(actor, session, made, wish))) return this.madeBefore(session, wish);
    return this.reproducer.run(made, plan, actor.wireId);
  }

  /** False, and nothing stored, when the same was wanted before. */
  private async store(
    actor: AdminActor,
    original: Session,
    { created, prepared }: Reproduction,
    wish: ReproductionWish,
  ): Promise<boolean> {
    const channel = await this.reader.channelOf(original);
    const { id: sessionId, merchantId } = created.session;
    const wireId = encodeId('session', sessionId);
    const line = { type: 'reproduced', data: { session: wireId } };
    const noted = note(original, { at: this.clock.now(), actor: actor.wireId }, line);
    const isFirst = await this.database.transaction(async (tx: Queryable) => {
      if (!(await this.requests.isFirst(tx, actor, named(original, wish)))) return false;
      await this.repository.insert(created, prepared, null, tx);
      const keyHash = wish.key === null ? null : ActRequests.hashOf(wish.key);
      await this.links.insert(tx, { sessionId, reproducedFrom: original.id, merchantId, keyHash });
      if (!(await this.writer.save(original, noted, { tx, channel }))) throw new DuplicateRequest();
      await this.record(tx, actor, original, wish, { session: wireId });
      return true;
    });
    if (isFirst) for (const change of [created, noted]) this.writer.committed(change);
    return isFirst;
  }

  private async madeBefore({ id }: Session, { key }: ReproductionWish): Promise<Session> {
    const known = key === null ? null : await this.links.findByKey(id, ActRequests.hashOf(key));
    const session = known && (await this.repository.findById(known));
    if (!session) throw new Error('A reproduction that was made is not there');
    return session;
  }

  private record(
    tx: Queryable,
    by: AdminActor,
    { id, merchantId }: Session,
    { reason }: ReproductionWish,
    after: Record<string, unknown>,
  ): Promise<void> {
    const subject = encodeId('session', id);
    const at = this.clock.now();
    return this.audit.record({ at, by, act: 'session.reproduced', subject, merchantId, after, reason }, tx);
  }
}

const named = ({ id }: Session, { key, reason }: ReproductionWish) => ({
  key,
  content: { act: 'reproduce', id, reason },
});
