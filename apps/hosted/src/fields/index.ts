/** The page in the frame of a merchant's page that takes a card, so that the merchant never has its number. */
import { send } from '../kit/http';
import { CardForm } from './form';
import { applyLook } from './look';
import { READY, START, type FieldsStart, type FromFields, type ToFields } from '../kit/fields-protocol';
import { languageFor, wordsIn } from './words';

/** The card was not taken; `codes` are the API's. */
type Problem = Omit<Extract<FromFields, { type: 'problem' }>, 'type' | 'id'>;

const BAD_CARD = 422;

function start(settings: FieldsStart, port: MessagePort): void {
  const language = languageFor(settings.locale === undefined ? navigator.languages : [settings.locale]);
  const words = wordsIn(language);
  document.documentElement.lang = language;
  document.documentElement.dir = words.dir;
  if (settings.dark) document.documentElement.dataset['scheme'] = 'dark';
  applyLook(settings.look ?? {});
  const host = document.querySelector('main') ?? document.body;
  const say = (message: FromFields): void => port.postMessage(message);
  const tell = (): void => {
    say({
      type: 'state',
      state: { complete: form.isComplete, brand: form.brand, height: Math.ceil(host.getBoundingClientRect().height) },
    });
  };
  const form: CardForm = new CardForm(host, words, settings.withName ?? false, () => requestAnimationFrame(tell));
  const tokenize = async (id: number): Promise<void> => {
    const card = form.read();
    const outcome: object | Problem =
      card === null ? problem('invalid_card') : await take(settings.publicKey, { type: 'card', ...card });
    if ('token' in outcome) say({ type: 'token', id, token: outcome } as FromFields);
    else say({ type: 'problem', id, ...(outcome as Problem) });
  };
  port.onmessage = ({ data }: MessageEvent<ToFields>): void => {
    if (data.type === 'tokenize') void tokenize(data.id);
    else if (data.type === 'focus') form.focus();
    else form.clear();
  };
  new ResizeObserver(tell).observe(host);
}

async function take(publicKey: string, card: object): Promise<object | Problem> {
  const reply = await send({ method: 'POST', url: '../tokens', authorization: publicKey, body: card });
  if (reply === null || reply.body === null) return problem('network');
  if (reply.status === 201) return reply.body as object;
  const { error_codes: codes } = reply.body as { error_codes?: string[] };
  return problem(reply.status === BAD_CARD ? 'invalid_card' : 'refused', codes);
}

const problem = (code: Problem['code'], codes: readonly string[] = []): Problem => ({ code, codes });

/** The first answer of the page around counts; from then on there is the channel, which nobody else has. */
function listen(event: MessageEvent<{ type?: unknown; settings?: FieldsStart } | null>): void {
  const [port] = event.ports;
  if (event.source !== window.parent || event.data?.type !== START || !event.data.settings || !port) return;
  window.removeEventListener('message', listen);
  start(event.data.settings, port);
}

if (window.parent !== window) {
  window.addEventListener('message', listen);
  // It says nothing but that the frame is there.
  window.parent.postMessage({ type: READY }, '*');
}
