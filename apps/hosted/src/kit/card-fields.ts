/** Card fields in a frame of this installation: the merchant's page never has the number, only what stands for it. */
import {
  READY,
  START,
  type CardToken,
  type FieldsSettings,
  type FieldsStart,
  type FieldsState,
  type FromFields,
  type ToFields,
} from './fields-protocol';
import { CountersignError } from './errors';
import { makeFrame } from './frame';

/** How long the frame has to come. */
const COME_LIMIT_MS = 15_000;
/** How long it has to speak once something came: what is silent is no page of ours, or one that was refused. */
const SPEAK_LIMIT_MS = 3_000;

const WORDS = {
  invalid_card: 'The card cannot be taken as it was entered',
  refused: 'The API does not take this card',
  network: 'The API could not be reached',
} as const;

/** Where the fields go, and how they look. `apiUrl` is the address of this installation, such as `https://3ds.example`. */
export interface CardFieldsOptions extends FieldsSettings {
  readonly element: HTMLElement;
  readonly apiUrl: string;
  /** The title of the frame, for screen readers. */
  readonly title?: string;
  /** Called when it has changed where the fields stand. */
  readonly onChange?: (state: FieldsState) => void;
}

/** The fields in the page. */
export interface CardFields {
  /**
   * Hands the card over and resolves with what stands for it, once and for 15 minutes: as a `source` of type `token`. Throws
   * `invalid_card`, after which what is wrong is shown in the fields, `refused` and `network`.
   */
  tokenize(): Promise<CardToken>;
  /** Puts the cursor into the number. */
  focus(): void;
  clear(): void;
  /** Takes the fields out of the page. */
  remove(): void;
}

interface Waiting {
  readonly resolve: (token: CardToken) => void;
  readonly reject: (error: CountersignError) => void;
}

/**
 * Shows card fields in `element`; resolves once they are there. Throws `network` when they do not come: the address is wrong, or
 * the public key is not for pages of this origin.
 */
export async function cardFields(options: CardFieldsOptions): Promise<CardFields> {
  const { element, apiUrl, publicKey, locale, look, withName, onChange, title = 'Card' } = options;
  const url = `${apiUrl}/fields/card?key=${encodeURIComponent(publicKey)}`;
  const frame = makeFrame(element, title, url);
  Object.assign(frame.style, { display: 'block', width: '100%' });
  frame.allow = 'payment';
  const channel = new MessageChannel();
  const waiting = new Map<number, Waiting>();
  const hear = ({ data }: MessageEvent<FromFields>): void => {
    if (data.type === 'state') {
      frame.style.height = `${data.state.height}px`;
      onChange?.(data.state);
      return;
    }
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.type === 'token') one?.resolve(data.token);
    else one?.reject(new CountersignError(data.code, WORDS[data.code], data.codes));
  };
  channel.port1.onmessage = hear;
  try {
    await ready(frame, url);
  } catch (error) {
    frame.remove();
    throw error;
  }
  const settings: FieldsStart = {
    publicKey,
    dark: isDark(element),
    ...(locale !== undefined && { locale }),
    ...(look && { look }),
    ...(withName !== undefined && { withName }),
  };
  // To nobody but this installation, whoever else may be in the frame by now.
  frame.contentWindow?.postMessage({ type: START, settings }, new URL(url).origin, [channel.port2]);
  const say = (message: ToFields): void => channel.port1.postMessage(message);
  let asked = 0;
  return {
    tokenize: () =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        say({ type: 'tokenize', id: asked });
      }),
    focus: () => say({ type: 'focus' }),
    clear: () => say({ type: 'clear' }),
    remove: () => {
      for (const { reject } of waiting.values()) reject(new CountersignError('aborted', 'The fields were taken away'));
      waiting.clear();
      channel.port1.close();
      frame.remove();
    },
  };
}

/** A page that says nothing of it is light, whatever the person prefers; and fields are as the page that they stand in. */
function isDark(element: HTMLElement): boolean {
  const { colorScheme } = getComputedStyle(element);
  const meta = document.querySelector<HTMLMetaElement>('meta[name=color-scheme]');
  const offered = colorScheme === 'normal' ? (meta?.content ?? '') : colorScheme;
  return /dark/.test(offered) && (!/light/.test(offered) || matchMedia('(prefers-color-scheme: dark)').matches);
}

function ready(frame: HTMLIFrameElement, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      clearTimeout(timer);
      window.removeEventListener('message', hear);
      frame.removeEventListener('load', hurry);
      act();
    };
    const hear = ({ source, origin, data }: MessageEvent<{ type?: unknown } | null>): void => {
      if (source !== frame.contentWindow || origin !== new URL(url).origin || data?.type !== READY) return;
      end(resolve);
    };
    const giveUp = (): void => end(() => reject(new CountersignError('network', 'The card fields did not come')));
    const hurry = (): void => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, SPEAK_LIMIT_MS);
    };
    let timer = setTimeout(giveUp, COME_LIMIT_MS);
    window.addEventListener('message', hear);
    frame.addEventListener('load', hurry);
    frame.src = url;
  });
}
