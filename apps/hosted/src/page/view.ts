/** The page as the script sees it: the one place that touches what the server wrote. */
import type { Boot, HostedState, RemarkName, ScreenName } from './state';

/** As the style sheet has it. */
const PHONE = '(max-width: 39.99rem)';

function find<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no ${id}`);
  return element as Kind;
}

/** Shows screens and remarks, and hears buttons. */
export class View {
  readonly bank = find('bank');
  private readonly title = find('title');
  private readonly offer = find('offer');
  private readonly remarks = new Set<RemarkName>();

  constructor(private readonly boot: Boot) {
    document.documentElement.dataset.live = '';
  }

  get isPhone(): boolean {
    return matchMedia(PHONE).matches;
  }

  /** Shows a screen; who cannot see it hears it. */
  show(name: ScreenName): void {
    const { dataset } = document.documentElement;
    if (dataset.screen === name) return;
    dataset.screen = name;
    const { title, lead, step } = this.boot.screens[name];
    this.title.textContent = title;
    find('lead').textContent = lead;
    find('said').textContent = `${title}. ${lead}`;
    document.title = `${title} · ${this.boot.shop}`;
    this.showStep(step ?? 0);
    this.offerBank(name === 'refused');
    // What had the focus may be gone: it must not fall back to the top unheard.
    if (document.activeElement?.getClientRects().length === 0) this.title.focus();
  }

  /** Where "back to the shop" leads, and what a cancel does, by now. */
  tell({ return_url: url, cancel }: HostedState): void {
    find<HTMLAnchorElement>('return').href = url;
    find('sure-text').textContent = this.boot.cancel[cancel];
  }

  /** Says or takes back a remark. One at a time is seen, the weightier one. */
  remark(name: RemarkName, isSo: boolean): void {
    if (isSo === this.remarks.has(name)) return;
    if (isSo) this.remarks.add(name);
    else this.remarks.delete(name);
    const said = (['offline', 'slow'] as const).find((one) => this.remarks.has(one));
    find('remark').textContent = said === undefined ? '' : this.boot.remarks[said];
  }

  /** Offers the issuer's page on its own, or no longer. */
  offerBank(isOffered: boolean): void {
    this.offer.hidden = !isOffered;
  }

  onReturn(pressed: () => void): void {
    find('return').addEventListener('click', pressed);
  }

  onOpenBank(pressed: () => void): void {
    find('open').addEventListener('click', pressed);
  }

  onContinueHere(pressed: () => void): void {
    find('here').addEventListener('click', pressed);
  }

  /** Calls `left` once somebody wants to leave and has said so twice. */
  onLeave(left: () => void): void {
    const question = find<HTMLDialogElement>('sure');
    find('leave').addEventListener('submit', (event) => {
      event.preventDefault();
      // An old browser has no dialogs; one press is enough then.
      if (typeof question.showModal !== 'function') return left();
      question.returnValue = '';
      question.showModal();
    });
    question.addEventListener('close', () => {
      if (question.returnValue === 'yes') left();
    });
  }

  /** Takes back what was asked: it is too late for an answer. */
  closeQuestion(): void {
    const question = find<HTMLDialogElement>('sure');
    if (question.open) question.close('no');
  }

  private showStep(at: number): void {
    [...find('steps').children].forEach((item, index) => {
      (item as HTMLElement).dataset.state = index < at ? 'done' : index === at ? 'now' : 'next';
      if (index === at) item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
    });
  }
}
