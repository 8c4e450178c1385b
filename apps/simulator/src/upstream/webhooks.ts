/** Sends the upstream's events: at least once, in no promised order, signed where the account has a key. */
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '@app/kernel';
import { Agent, request } from 'undici';
import { SimulatorAddress } from '../address';
import { CLOCK, SIMULATOR_CONFIG, type SimulatorConfig } from '../config';
import type { WebhookTarget } from './account';
import { AccountStore } from './account.store';
import type { UpstreamSession } from './session';
import { UpstreamFaultStore } from './upstream-fault.store';
import type { WebhookFault } from './upstream-faults';
import { endTypeOf, makeEvent, malform, signatureOf, type EventType, type UpstreamEvent } from './webhook-body';

/** One event with what became of it; `status` of a delivery is null when nothing answered. */
export interface SentWebhook {
  readonly id: string;
  readonly type: EventType;
  readonly sessionId: string;
  readonly clientId: string;
  readonly url: string;
  readonly fault: string | null;
  /** As sent. */
  readonly body: string;
  readonly deliveries: { readonly at: string; readonly status: number | null }[];
}

/** Acknowledged within ten seconds or sent again, after so many minutes (sessions-api.md section 8). */
const TIMEOUT_MS = 10_000;
const RETRY_MINUTES = [5, 10, 15, 30, 60, 240, 720, 720];
const KEPT = 20_000;

/** A webhook with what it takes to send it. */
interface Parcel {
  readonly record: SentWebhook;
  readonly headers: Readonly<Record<string, string>>;
}

/** Told of the beginning and the end of every authentication; keeps what it sent. */
@Injectable()
export class Webhooks implements OnModuleDestroy {
  private readonly agent = new Agent({ connections: 64, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  private readonly timers = new Set<NodeJS.Timeout>();
  /** Events that wait for their session's next one, so that they come after it. */
  private readonly held = new Map<string, Parcel>();
  private sent: Parcel[] = [];

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SIMULATOR_CONFIG) private readonly config: SimulatorConfig,
    private readonly address: SimulatorAddress,
    private readonly accounts: AccountStore,
    private readonly faults: UpstreamFaultStore,
  ) {}

  started(session: UpstreamSession): void {
    this.emit('authentication_started', session);
  }

  ended(session: UpstreamSession): void {
    this.emit(endTypeOf(session), session);
  }

  /** The latest events, oldest first. */
  all(): readonly SentWebhook[] {
    return this.sent.map(({ record }) => record);
  }

  /** Sends an event again, as it was; null when there is no such event. */
  async resend(id: string): Promise<SentWebhook | null> {
    const parcel = this.sent.find(({ record }) => record.id === id);
    if (!parcel) return null;
    await this.post(parcel);
    return parcel.record;
  }

  /** Forgets what was sent and what was still to be sent. */
  reset(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.held.clear();
    this.sent = [];
  }

  async onModuleDestroy(): Promise<void> {
    this.reset();
    await this.agent.destroy();
  }

  private emit(type: EventType, session: UpstreamSession): void {
    const target = this.accounts.find(session.clientId)?.webhook;
    if (!target) return;
    const event = makeEvent(type, session, this.address.to('/upstream'), this.clock.now());
    const fault = this.faults.takeWebhook(type, session.clientId);
    const parcel = pack(event, target, fault);
    this.sent.push(parcel);
    if (this.sent.length > KEPT) this.sent.shift();
    this.dispatch(parcel, fault);
  }

  private dispatch(parcel: Parcel, fault: WebhookFault | null): void {
    const { sessionId } = parcel.record;
    switch (fault?.mode) {
      case 'drop':
        return;
      case 'late':
        this.later(fault.delayMs, () => this.deliver(parcel, 0));
        return;
      case 'out_of_order':
        this.release(sessionId);
        this.held.set(sessionId, parcel);
        this.later(fault.delayMs, () => {
          if (this.held.get(sessionId) === parcel) this.release(sessionId);
        });
        return;
      case 'duplicate':
        void this.deliver(parcel, 0).then(() => this.deliver(parcel, 0));
        return;
      default:
        // The held one follows the one that it should have gone before.
        void this.deliver(parcel, 0).then(() => this.release(sessionId));
    }
  }

  private release(sessionId: string): void {
    const parcel = this.held.get(sessionId);
    if (!parcel) return;
    this.held.delete(sessionId);
    void this.deliver(parcel, 0);
  }

  private async deliver(parcel: Parcel, attempt: number): Promise<void> {
    const status = await this.post(parcel);
    if (status !== null && status >= 200 && status < 300) return;
    const minutes = RETRY_MINUTES[attempt];
    if (minutes === undefined) return;
    this.later((minutes * 60_000) / this.config.timeScale, () => this.deliver(parcel, attempt + 1));
  }

  private async post({ record, headers }: Parcel): Promise<number | null> {
    const at = this.clock.now().toISOString();
    const status = await this.send(record.url, headers, record.body);
    record.deliveries.push({ at, status });
    return status;
  }

  private async send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number | null> {
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body.dump();
      return response.statusCode;
    } catch {
      // Nobody acknowledged: that is all that the sender of a webhook can know.
      return null;
    }
  }

  private later(delayMs: number, work: () => Promise<void> | void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void work();
    }, delayMs);
    timer.unref();
    this.timers.add(timer);
  }
}

function pack(event: UpstreamEvent, target: WebhookTarget, fault: WebhookFault | null): Parcel {
  const body = fault?.mode === 'malformed' ? malform(event.body) : event.body;
  const { key, authorization, url } = target;
  const signed = key !== null && fault?.mode !== 'unsigned';
  const signature = signed ? signatureOf(body, fault?.mode === 'bad_signature' ? `${key}?` : key) : null;
  const { id, type, sessionId, clientId } = event;
  return {
    record: { id, type, sessionId, clientId, url, fault: fault?.mode ?? null, body, deliveries: [] },
    headers: {
      ...(signature === null ? {} : { 'Cko-Signature': signature }),
      ...(authorization === null ? {} : { authorization }),
    },
  };
}
