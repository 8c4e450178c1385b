import { CountersignError } from '@app/kernel';
import { APP_CONFIG, OutboundFailure, OutboundHttp, type AppConfig } from '@app/platform';
import type { IssuerScript, Simulator, SimulatorCard } from '@app/sessions';
import { Inject, Injectable } from '@nestjs/common';
import { demoAcquirers } from '../demo/demo-merchants';
import type { SimulatorFaults, UpstreamFault } from './faults';

const TIMEOUT_MS = 3_000;
/** A result is reported before this is answered, and the directory server waits 5 s for the answer to it. */
const PLAY_TIMEOUT_MS = 6_000;

/** What the simulator tells of its cards. */
export interface SimulatorCards {
  readonly challengePassword: string;
  readonly cards: readonly (Omit<SimulatorCard, 'reason'> & { readonly reason?: string })[];
}

/**
 * The simulator's control, which listens to this machine only. There is none outside of demo mode: a production start refuses
 * its address.
 */
@Injectable()
export class SimulatorClient implements Simulator {
  readonly acquirers = demoAcquirers({ name: 'Simulator' });

  constructor(
    private readonly http: OutboundHttp,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'simulatorUrl'>,
  ) {}

  /** Of its shop's page. */
  get url(): string {
    const { simulatorUrl } = this.config;
    if (simulatorUrl === null) throw new Error('There is no simulator');
    return simulatorUrl;
  }

  async cards(): Promise<readonly SimulatorCard[]> {
    return (await this.cardTable()).cards.map((card) => ({ ...card, reason: card.reason ?? null }));
  }

  cardTable(): Promise<SimulatorCards> {
    return this.call('GET', 'cards');
  }

  async script(transactionId: string, { answer, result }: IssuerScript): Promise<void> {
    await this.call('PUT', `scripts/${transactionId}`, { answer, result });
  }

  async play(transactionId: string): Promise<void> {
    await this.call('POST', `transactions/${transactionId}/play`, {}, PLAY_TIMEOUT_MS);
  }

  /** What is wrong with its directory servers, results and callbacks now. */
  faults(): Promise<SimulatorFaults> {
    return this.call('GET', 'faults');
  }

  replaceFaults(faults: SimulatorFaults): Promise<SimulatorFaults> {
    return this.call('PUT', 'faults', faults);
  }

  /** What is wrong with its Checkout.com now. */
  async upstreamFaults(): Promise<readonly UpstreamFault[]> {
    return (await this.call<{ faults: readonly UpstreamFault[] }>('GET', 'upstream/faults')).faults;
  }

  async endUpstreamFaults(): Promise<void> {
    await this.call('PUT', 'upstream/faults', { faults: [] });
  }

  /** @throws CountersignError 503 when it does not answer, or not well */
  private async call<T>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
    timeoutMs = TIMEOUT_MS,
  ): Promise<T> {
    try {
      const { status, body: answer } = await this.http.request({
        method,
        url: `${this.url}/control/${path}`,
        chosenBy: 'operator',
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        timeoutMs,
      });
      if (status !== 200) throw unreachable(new Error(`The simulator answered ${status}`));
      return JSON.parse(answer.toString()) as T;
    } catch (error) {
      if (error instanceof OutboundFailure || error instanceof SyntaxError) throw unreachable(error);
      throw error;
    }
  }
}

const unreachable = (cause: Error): CountersignError =>
  new CountersignError('unavailable', ['simulator_unreachable'], 'The simulator does not answer', { cause });
