/** What happens on the page, step by step: the server says which, and the page follows. */
import { browserFacts } from '../kit/browser-data';
import { runMethod } from '../kit/method';
import { pause } from '../kit/pause';
import type { MethodCompletion } from '../kit/types';
import { openBank, showBank } from './bank';
import { follow } from './feed';
import { leaveFor, unlessGone } from './leave';
import { Legs } from './legs';
import { isLater, Server, type Told } from './server';
import { isNews, type Boot, type HostedState, type ScreenName, type Step } from './state';
import { View } from './view';
import { chooseWindowSize } from './window-size';

/** When somebody who waits wants to hear that it goes on. */
const SLOW_AFTER_MS = 15_000;
/** Before a step is taken again that led to itself. */
const AGAIN_AFTER_MS = 2_000;
/** How long a cancel is tried before the person is let go without. */
const CANCEL_LIMIT_MS = 5_000;

/** Everything between the first and the last screen of one page. */
export class HostedPage {
  private state: HostedState;
  private readonly view: View;
  private readonly server: Server;
  private readonly legs: Legs;
  /** Ends what the present step does, and what keeps the page up to date. */
  private step = new AbortController();
  private watch = new AbortController();
  private hasLeft = false;

  private readonly steps: Readonly<Record<Step, (signal: AbortSignal) => Promise<void>>> = {
    device: (signal) => this.sendDevice(signal),
    method: (signal) => this.sendMethod(signal),
    waiting: (signal) => this.wait('asking', signal),
    challenge: (signal) => this.challenge(signal),
    done: () => this.finish(this.state.outcome === 'success' ? 'confirmed' : 'unconfirmed'),
    elsewhere: async () => this.view.show('elsewhere'),
  };

  constructor(private readonly boot: Boot) {
    this.state = boot.state;
    this.view = new View(boot);
    this.view.tell(this.state);
    this.server = new Server(boot.base, (isReached) => this.view.remark('offline', !isReached));
    this.legs = new Legs(this.server);
    this.view.onContinueHere(() => void this.enter());
    this.view.onOpenBank(() => this.state.challenge && openBank(this.state.challenge));
    this.view.onReturn(() => unlessGone(() => location.replace(this.state.return_url)));
    this.view.onLeave(() => void this.cancel());
    window.addEventListener('offline', () => this.view.remark('offline', true));
    window.addEventListener('online', () => this.view.remark('offline', false));
    for (const input of ['pointerdown', 'keydown']) window.addEventListener(input, () => this.legs.note('first_input'));
  }

  /** Takes the session into this view, and goes on from wherever it stands. */
  async enter(): Promise<void> {
    this.watch.abort();
    this.watch = new AbortController();
    const { signal } = this.watch;
    await quiet(async () => {
      this.hear(await this.server.enter(signal), true);
      this.legs.note('page_shown', performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
      if (this.state.step !== 'done') await follow(this.server, (told) => this.hear(told), signal);
    });
  }

  /** What the server says is done; `isFirst` where it was not asked before. */
  private hear(told: Told, isFirst = false): void {
    if (this.hasLeft || isLater(told)) return;
    if (told === 'gone') return this.stop('closed');
    const next = told === 'elsewhere' ? { ...this.state, step: told } : told;
    if (!isFirst && !isNews(this.state, next)) return;
    const isOther = isFirst || next.step !== this.state.step;
    this.state = next;
    this.view.tell(next);
    if (isOther) this.act();
  }

  private act(): void {
    this.step.abort();
    this.step = new AbortController();
    const { signal } = this.step;
    this.view.remark('slow', false);
    void quiet(() => this.steps[this.state.step](signal));
  }

  private async sendDevice(signal: AbortSignal): Promise<void> {
    this.view.show('preparing');
    const method_completion = await this.runMethod(signal);
    await this.tell('/device', { device: browserFacts(), method_completion }, signal);
  }

  private async sendMethod(signal: AbortSignal): Promise<void> {
    this.view.show('preparing');
    await this.tell('/method', { method_completion: await this.runMethod(signal) }, signal);
  }

  private async runMethod(signal: AbortSignal): Promise<MethodCompletion> {
    const { method } = this.state;
    if (!method) return 'U';
    const { url, fields, transaction_id: transactionId } = method;
    this.legs.note('method_started');
    const completion = await runMethod({ url, fields, transactionId }, location.origin, signal);
    this.legs.note('method_finished');
    return completion;
  }

  /** Tells what the step is about; where the server wants the same again, it gets it, though not at once. */
  private async tell(path: string, body: object, signal: AbortSignal): Promise<void> {
    this.view.show('asking');
    await this.say(path, body);
    if (signal.aborted) return;
    await pause(AGAIN_AFTER_MS, signal);
    this.act();
  }

  /** Says it to the end, even if the answer to it comes sooner another way. */
  private async say(path: string, body: object): Promise<void> {
    this.hear(await this.server.tell(path, body, this.watch.signal));
  }

  private async wait(screen: ScreenName, signal: AbortSignal): Promise<void> {
    this.view.show(screen);
    await pause(SLOW_AFTER_MS, signal);
    this.view.remark('slow', true);
  }

  private async challenge(signal: AbortSignal): Promise<void> {
    // Whoever comes back from the issuer's page, or reloads after it, is not to see it a second time.
    if (this.state.challenge?.returned) return this.check(signal);
    this.view.show('challenge');
    if (!this.state.challenge?.shown) {
      const room = { isPhone: this.view.isPhone, width: this.view.bank.clientWidth, height: innerHeight };
      await this.say('/challenge', { window_size: chooseWindowSize(room) });
      if (signal.aborted) return;
    }
    const { challenge } = this.state;
    if (!challenge) return;
    this.legs.note('challenge_shown');
    await showBank(this.view, this.boot.bankPage, challenge, signal);
    if (!signal.aborted) await this.check(signal);
  }

  /** The issuer's page says that it is through. Should it not be, the person can open it again. */
  private async check(signal: AbortSignal): Promise<void> {
    await this.wait('checking', signal);
    this.view.offerBank(true);
  }

  private async cancel(): Promise<void> {
    this.view.show('leaving');
    this.watch.abort();
    this.step.abort();
    const { signal } = limitOf(CANCEL_LIMIT_MS);
    let told: Told = { afterMs: 0 };
    await quiet(async () => {
      // Whoever cancels in a view that is not the present one, or not one yet, means it all the same.
      if (this.state.step === 'elsewhere' || this.server.view === '') await this.server.enter(signal);
      told = await this.server.tell('/cancel', {}, signal);
    });
    if (typeof told === 'object' && 'step' in told) this.hear(told);
    else await this.finish('leaving');
  }

  private async finish(screen: ScreenName): Promise<void> {
    const isLeaving = document.documentElement.dataset.screen === 'leaving';
    this.stop(isLeaving ? 'leaving' : screen);
    this.hasLeft = true;
    leaveFor(this.state.return_url);
  }

  /** Nothing goes on in this view any more. */
  private stop(screen: ScreenName): void {
    this.watch.abort();
    this.step.abort();
    this.view.closeQuestion();
    this.view.remark('slow', false);
    this.view.show(screen);
  }
}

/** Does `work`, which ends early when it is told to. */
async function quiet(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'aborted') throw error;
  }
}

function limitOf(ms: number): AbortController {
  const limit = new AbortController();
  setTimeout(() => limit.abort(), ms);
  return limit;
}
